"""Exercises: where they are, how a learner's solution is built and tried, and what is remembered of it."""
import dataclasses
import filecmp
import json
import os
import pathlib
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time

ROOMS = pathlib.Path(__file__).resolve().parent
PROJECT = ROOMS.parent.parent
CHAPTERS = PROJECT / "chapters"
SUBMISSION = pathlib.Path(os.environ.get("CULVERT_SUBMISSION") or PROJECT)
BUILD = pathlib.Path(os.environ.get("CULVERT_BUILD") or PROJECT / "build" / "student")
RESULTS = BUILD / "exercises" if SUBMISSION == PROJECT else SUBMISSION / "results"
SECONDS = 120  # for one exercise; each of its behaviours has a limit of its own
MEMORY = 1 << 30  # bytes, for a solution and all that it starts


def fail(text, status=2):
    print(f"tools/lab: {text}", file=sys.stderr)
    sys.exit(status)


@dataclasses.dataclass(frozen=True)
class Exercise:
    """One exercise of a chapter, by its folder chapters/NN-name/exercise/NAME."""

    folder: pathlib.Path

    @property
    def chapter(self):
        return self.folder.parent.parent.name[:2]

    @property
    def name(self):
        return self.folder.name

    @property
    def title(self):
        return f"{self.chapter} {self.name}"

    @property
    def here(self):
        return self.folder.relative_to(PROJECT)

    @property
    def student(self):
        return SUBMISSION / self.here / "student.cpp"

    @property
    def target(self):
        return f"exercise_{self.chapter}_{self.name}"

    @property
    def program(self):
        return RESULTS / f"{self.chapter}_{self.name}" / "student"

    @property
    def report(self):
        return RESULTS / f"{self.chapter}-{self.name}.json"

    def state(self):
        """One of: not begun, skeleton, unchecked, N of M, done."""
        if not self.student.exists():
            return "not begun"
        if filecmp.cmp(self.student, self.folder / "skeleton.cpp", shallow=False):
            return "skeleton"
        if not self.report.exists() or self.report.stat().st_mtime < self.student.stat().st_mtime:
            return "unchecked"
        behaviours = json.loads(self.report.read_text())["behaviours"]
        passed = sum(b["verdict"] == "passed" for b in behaviours)
        return "done" if passed == len(behaviours) else f"{passed} of {len(behaviours)}"

    def hints(self):
        """The steps of the ladder, each with its title."""
        return (self.folder / "hints.md").read_text().split("\n## ")[1:]


def all_exercises():
    return [Exercise(folder) for folder in sorted(CHAPTERS.glob("[0-9][0-9]-*/exercise/*/")) if (folder / "skeleton.cpp").exists()]


def chosen(chapter, name=None):
    """The exercises of a chapter, or the one of that name; says what there is if there is none."""
    everything = all_exercises()
    found = [e for e in everything if e.chapter == chapter.zfill(2)[:2] and name in (None, e.name)]
    if not found:
        fail(f"there is no exercise '{' '.join(filter(None, (chapter, name)))}'; the exercises are:\n"
             + "\n".join(f"  {e.title}" for e in everything))
    return found


def solution_in(folder, exercise):
    """Where a submission has its solution; None if nowhere."""
    for name in (exercise.here / "student.cpp", f"{exercise.chapter}-{exercise.name}.cpp"):
        path = folder / name
        if path.is_file() and not path.is_symlink():
            return path
    return None


def how_to_begin(exercise):
    return (f"there is no {exercise.here}/student.cpp yet. Begin with\n"
            f"  cp {exercise.here}/skeleton.cpp {exercise.here}/student.cpp\n"
            f"and read {exercise.here}/README.md")


def configure(preset):
    """Once; CMake looks after itself from then on."""
    if not (BUILD / "build.ninja").exists():
        need_build()
        print(f"cmake --preset {preset}   (once)", flush=True)
        run_build(["cmake", "--preset", preset])


def need_build():
    """What a build needs and the machine lacks is installed, where that can be done; elsewhere the build itself says it."""
    if shutil.which("apt-get"):
        words = f". {ROOMS}/library.sh; . {ROOMS}/packages.sh; need build"
        if subprocess.run(["bash", "-c", words], check=False).returncode != 0:
            sys.exit(2)


def run_build(command, folder=PROJECT):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        fail(f"this failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def build_programs(*programs):
    """The library's own, in BUILD/bin."""
    run_build(["cmake", "--build", BUILD, "--target", *programs])


def build_kit(exercise):
    """All that a solution is linked with: the test and the rooms."""
    run_build(["cmake", "--build", BUILD, "--target", f"{exercise.target}_reference"])


def build_commands(target):
    """The words of every command by which the build makes this."""
    listed = subprocess.run(["ninja", "-C", BUILD, "-t", "commands", target], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        yield shlex.split(line.split(" && ")[1] if line.startswith(": &&") else line)


def commands(exercise, source, program):
    """The build's own two commands for a learner's program, with another source and another place for what they make."""
    made = f"{program}.o"
    for words in build_commands(f"{exercise.target}_student"):
        if "-c" in words and words[-1].endswith("/student.cpp"):
            del words[words.index("-MD"):words.index("-MF") + 2]
            words[words.index("-o") + 1] = made
            yield [*words[:-1], str(source)]
        elif any(word.endswith("student.cpp.o") for word in words):
            words = [made if word.endswith("student.cpp.o") else word for word in words]
            words[words.index("-o") + 1] = str(program)
            yield words


def functions(file):
    """The functions that an object or a program brings along, by the linker's names; templates and inline ones apart."""
    listed = subprocess.run(["nm", "--defined-only", "--extern-only", file], capture_output=True, text=True, check=True).stdout
    return {words[-1] for line in listed.splitlines() if (words := line.split())[-2] == "T"}


def program_with(sources, program, folder):
    """Builds a chapter's program in which these sources, by exercise, take the place of the library's functions. Their objects
    stand before the archives: what they define is not looked for there. What the program never asks for is left out; returns
    the exercises that it does ask. A source that does not compile is a CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = functions(BUILD / "bin" / program)
    objects = {}
    for exercise, source in sources.items():
        compile_it, _ = commands(exercise, source, folder / exercise.target)
        subprocess.run(compile_it, cwd=BUILD, capture_output=True, check=True)
        made = f"{folder / exercise.target}.o"
        if everything & functions(made):
            objects[exercise] = made
    *_, link = build_commands(program)
    at = link.index("-o")
    run_build([*link[:at], *objects.values(), "-o", str(folder / program), *link[at + 2:]], BUILD)
    return list(objects)


def compile_student(exercise):
    """True if it builds. What the compiler says goes to the learner as it is."""
    build_kit(exercise)
    exercise.program.parent.mkdir(parents=True, exist_ok=True)
    return all(subprocess.run(command, cwd=BUILD, check=False).returncode == 0
               for command in commands(exercise, exercise.student, exercise.program))


def memory_of(pid):
    """Bytes that a process and all below it hold."""
    try:
        pages = int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(memory_of(child) for child in children)


def guard(process, seconds, end):
    """Waits for a process, and ends it by end() if it takes too long, or too much memory: a limit of the kernel would be
    on addresses, of which a sanitizer takes terabytes that it never fills. Returns why, if so."""
    last = time.monotonic() + seconds
    why = ""
    while process.poll() is None and not why:
        if memory_of(process.pid) > MEMORY:
            why = f"it was ended: it took more than {MEMORY >> 20} MiB of memory"
        elif time.monotonic() > last:
            why = f"it was ended after {seconds} seconds"
        time.sleep(0.02)
    if why:
        end()
        process.wait()
    return why


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))


def try_student(exercise, options):
    """Runs the test; returns its exit status: 0 all behave, 1 an expectation was not met, 3 a crash or an endless loop."""
    whole = not any(option.startswith("--only") for option in options)
    command = [exercise.program, "--evidence", RESULTS, *options]
    if whole:
        exercise.report.unlink(missing_ok=True)
        command += ["--json", exercise.report]
    process = subprocess.Popen(command, cwd=PROJECT, preexec_fn=limits, start_new_session=True)  # a group of its own
    try:
        ended = guard(process, SECONDS, lambda: os.killpg(process.pid, signal.SIGKILL))
    except KeyboardInterrupt:  # Ctrl-C reaches our group only
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if ended:
        print(ended)
        return 3
    return process.returncode
