"""A program's command line, read from what it prints for --help: the one truth for manuals and completions."""

import dataclasses
import re
import subprocess

HEADING = re.compile(r"^(\S.*):$")
ENTRY = re.compile(r"^  (\S.*?)(?:  +(\S.*))?$")
CONTINUED = re.compile(r"^ {12,}(\S.*)$")
CHOICES = re.compile(r"\{([^}]*)\}")


@dataclasses.dataclass
class Entry:
    """One line of a help text: an option, a subcommand or a positional."""

    term: str
    text: str

    @property
    def names(self):
        """-r,--read FILE -> [-r, --read]; server -> [server]"""
        return self.term.split()[0].split(",")

    @property
    def value(self):
        """The word for what the option takes, without what may stand before it: [LABEL=]FILE -> FILE; empty for a flag."""
        words = re.sub(r"\[[^]]*\]", "", self.term).split()[1:]
        return (re.split(r"[:=]", words[0])[0] or "VALUE") if words else ""

    @property
    def choices(self):
        found = CHOICES.search(self.term)
        return [each.split("->")[0].strip() for each in found[1].split(",")] if found else []


@dataclasses.dataclass
class Command:
    """A program or one of its subcommands."""

    words: list[str]
    about: str
    options: list[Entry]
    positionals: list[Entry]
    subcommands: list["Command"]

    @property
    def name(self):
        return self.words[-1]


def read(program, name, *subcommand):
    """Asks the program itself."""
    asked = subprocess.run([program, *subcommand, "--help"], capture_output=True, text=True, timeout=30, check=True)
    about, sections = parse(asked.stdout)
    options = [entry for title, entries in sections.items() if not is_special(title) for entry in entries]
    below = sections.get("Subcommands", [])
    return Command(
        words=[name, *subcommand],
        about=about,
        options=[entry for entry in options if entry.term.startswith("-")],
        positionals=sections.get("Positionals", []),
        subcommands=[read(program, name, *subcommand, entry.names[0]) for entry in below],
    )


def is_special(title):
    return title in ("Positionals", "Subcommands")


def parse(text):
    """The sentence on top, and the entries under each heading."""
    lines = text.splitlines()
    about, sections, entries = lines[0], {}, []
    for line in lines:
        if heading := HEADING.match(line):
            entries = sections.setdefault(heading[1], [])
        elif more := CONTINUED.match(line):
            entries[-1].text = f"{entries[-1].text} {more[1]}".strip()
        elif entry := ENTRY.match(line):
            entries.append(Entry(entry[1], entry[2] or ""))
    return about, sections
