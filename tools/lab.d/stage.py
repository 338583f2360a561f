"""A lab of its own for one command, and programs in it that come and go.

    with Stage("attack") as stage:
        stage.start("server", "05-udp-forward", "server")
        stage.on("client", "ping", "-c", "1", "10.0.0.1")

Everything is waited for by its condition, and everything that is waited for has a limit.
"""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

LAB = pathlib.Path(__file__).resolve().parent.parent / "lab"
PATIENCE = 20  # seconds; only a broken or a very busy machine needs them


class NotSeen(Exception):
    """Something that had to happen did not."""


def until(what, condition, seconds=PATIENCE):
    """The first true answer of `condition`."""
    end = time.monotonic() + seconds
    while not (seen := condition()):
        if time.monotonic() > end:
            raise NotSeen(f"not within {seconds} seconds: {what}")
        time.sleep(0.02)
    return seen


class Program:
    """A program that runs on a host, and what it has printed."""

    def __init__(self, process, output, name):
        self.process, self.output, self.name = process, output, name

    def text(self):
        return self.output.read_text(errors="replace")

    def until_says(self, words):
        """Waits for a line that matches these words, and gives the match."""
        found = until(f"{self.name} says '{words}'", lambda: self.said(words) or self.process.poll() is not None)
        if found is True and not (found := self.said(words)):
            raise NotSeen(f"{self.name} ended with status {self.process.returncode} and had not said '{words}':\n{self.text()}")
        return found

    def said(self, words):
        return re.search(words, self.text(), re.MULTILINE)

    def stop(self):
        """As Ctrl-C does; what does not listen is ended. Gives all that it has printed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        return self.text()


class Stage:
    """The lab, and the folder of the programs that run in it, which can be changed between two scenes. lab: one that is open
    already, and stays so."""

    def __init__(self, name="", programs=None, lab=None):
        self.name = lab or f"{name}-{os.getpid()}"
        self.is_ours = lab is None
        self.programs = programs
        self.running = []

    def __enter__(self):
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)  # so that whoever ends us finds nothing left behind
        self.notes = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.notes.name)
        done = self.lab("up", "-q") if self.is_ours else self.on("client", "true")
        if done.returncode != 0:
            self.notes.cleanup()
            raise NotSeen(f"there is no lab to play in:\n{done.stdout}{done.stderr}")
        return self

    def __exit__(self, *_):
        self.clear()
        if self.is_ours:
            self.lab("down", "-q")
        self.notes.cleanup()

    def environment(self):
        ours = {"CULVERT_LAB": self.name, "PYTHONDONTWRITEBYTECODE": "yes"}
        return os.environ | ours | ({"CULVERT_BIN": str(self.programs)} if self.programs else {})

    def lab(self, *words, **options):
        return subprocess.run([LAB, *words], env=self.environment(), capture_output=True, text=True, timeout=60, check=False, **options)

    def on(self, host, *words, **options):
        """Runs a command there to its end, whatever that is."""
        return self.lab("exec", host, "--", *words, **options)

    def succeeds(self, host, *words):
        return self.on(host, *words).returncode == 0

    def start(self, host, *words, ready="^ready:"):
        """In the background, once it has said that it is ready."""
        output = self.folder / f"{len(self.running)}-{pathlib.Path(words[0]).name}"
        with open(output, "w", encoding="utf-8") as file:
            process = subprocess.Popen([LAB, "exec", host, "--", *words], env=self.environment(), stdin=subprocess.DEVNULL,
                                       stdout=file, stderr=subprocess.STDOUT)
        program = Program(process, output, f"{pathlib.Path(words[0]).name} on {host}")
        self.running.append(program)
        if ready:
            program.until_says(ready)
        return program

    def listen(self, host, address, port):
        """A program that prints what comes to this UDP port."""
        program = self.start(host, "nc", "-k", "-u", "-l", address, str(port), ready=None)
        until(f"somebody listens at {address} port {port}", lambda: self.on(host, "ss", "-ulnH", f"src {address}:{port}").stdout)
        return program

    def tell(self, host, address, port, text):
        """One datagram from there."""
        self.on(host, "bash", "-c", 'echo "$0" >"/dev/udp/$1/$2"', text, address, str(port))

    def need_answer(self, host, address, size=56):
        until(f"{address} answers the {host}", lambda: self.succeeds(host, "ping", "-c", "1", "-W", "1", "-s", str(size), address))

    def key_pair(self, name, program):
        """A file with a private key, and the public one."""
        file = self.folder / f"{name}.key"
        file.touch(0o600)
        file.write_text(self.on("client", program, "genkey").stdout)
        return file, self.on("client", program, "pubkey", input=file.read_text()).stdout.strip()

    def clear(self):
        """Ends the scene: all that was started, the last first."""
        while self.running:
            self.running.pop().stop()
