"""Reads the console blocks of a Markdown file: who types what, and what should come back."""
import dataclasses
import re
import shlex

HOSTS = ("client", "isp", "server", "site")
# "client$ curl ...", a second window "client2$ ...", and "$ ..." or "host$ ..." on the learner's own machine.
PROMPT = re.compile(rf"^((?:{'|'.join(HOSTS)})[2-9]?|host)?\$(?: (.*))?$")
FENCE = re.compile(r"^( *)(```+|~~~+) *(.*)$")
DEFAULT_SECONDS = 30


class BadBlock(Exception):
    """The file itself is wrong; the message says where and what was expected."""


@dataclasses.dataclass
class Command:
    line: int
    window: str  # "client", "client2", "host"
    text: str  # "" looks at the window again, "^C" interrupts what runs there
    expected: list
    seconds: int
    left_running: bool = False


@dataclasses.dataclass
class Skipped:
    line: int
    reason: str


def read(text):
    """All commands in order, and the blocks that say why they are not run."""
    commands, skipped = [], []
    for line, info, body in console_blocks(text):
        options = options_of(line, info)
        if "skip" in options:
            skipped.append(Skipped(line, options["skip"]))
        else:
            commands += commands_of(line, body, int(options.get("seconds", DEFAULT_SECONDS)))
    mark_left_running(commands)
    return commands, skipped


def console_blocks(text):
    """Yields (line number of the fence, info string behind "console", [(line number, line)])."""
    fence = None
    for number, line in enumerate(text.splitlines(), 1):
        found = FENCE.match(line)
        if fence is None:
            if found:
                fence, start, info, body = found, number, found[3], []
        elif found and found[2].startswith(fence[2]) and not found[3]:
            if info.split()[:1] == ["console"]:
                yield start, info[len("console"):], body
            fence = None
        else:
            body.append((number, line.removeprefix(fence[1])))
    if fence is not None:
        raise BadBlock(f"{start}: expected the end of the block that begins here, found the end of the file")


def options_of(line, info):
    options = {}
    for word in shlex.split(info):
        name, _, value = word.partition("=")
        if name not in ("skip", "seconds"):
            raise BadBlock(f'{line}: expected skip="reason" or seconds=N behind "console", found "{word}"')
        if not value.strip():
            raise BadBlock(f'{line}: expected a value, such as {name}={"30" if name == "seconds" else chr(34) + "the reason" + chr(34)}')
        if name == "seconds" and not value.isdigit():
            raise BadBlock(f'{line}: expected seconds=N, found "{word}"')
        options[name] = value
    return options


def commands_of(start, body, seconds):
    commands = []
    continued = False
    for number, line in body:
        if continued:
            commands[-1].text += "\n" + line.removeprefix("> ")
            continued = line.endswith("\\")
            continue
        prompt = PROMPT.match(line)
        if prompt:
            text = (prompt[2] or "").strip()
            commands.append(Command(number, prompt[1] or "host", text, [], seconds))
            continued = text.endswith("\\")
        elif commands:
            commands[-1].expected.append(line)
        elif line.strip():
            raise BadBlock(f'{number}: expected a prompt such as "client$ ", found "{line}"')
    if not commands:
        raise BadBlock(f'{start}: expected at least one prompt such as "client$ " in a console block, found none')
    return commands


def mark_left_running(commands):
    """A program keeps its window until somebody looks at it again or presses Ctrl-C there."""
    for index, command in enumerate(commands):
        later = next((c for c in commands[index + 1:] if c.window == command.window), None)
        command.left_running = later is not None and later.text in ("", "^C") and command.text != "^C"
        if command.left_running and not trim(command.expected):
            raise BadBlock(f'{command.line}: expected a line of output to wait for, since "{command.text}" keeps running; '
                           'found none')


def matches(expected, found):
    """Whether the lines agree: "..." alone is any number of lines, "[...]" is any text within one."""
    pattern = ""
    for line in trim(expected):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.rstrip().split("[...]")) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in trim(found))) is not None


def trim(lines):
    """Without blank lines at either end, and without blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in lines).strip("\n").splitlines()
