"""A learner's window: an interactive shell behind a pseudo-terminal, so that every program behaves as before a person."""
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

# The prompt, which no program prints by accident. The shell is told it in octal, so that an echo is not taken for it.
SET_UP = r"""PS1=$'\001culvert-prompt\002' PS2= HISTFILE= TERM=dumb PAGER=cat NO_COLOR=1; stty -echo cols 200; set +H"""
PROMPT = "\x01culvert-prompt\x02"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|\x1b[()][A-Z0-9]")


class Hangs(Exception):
    """What was waited for did not happen within the time limit."""


class Terminal:
    def __init__(self, argv, environment, directory):
        self.busy = False
        self._text = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            try:
                os.chdir(directory)
                os.execvpe(argv[0], argv, environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.type(SET_UP)
        self.wait_for_prompt(20)
        self._text = ""

    def type(self, line):
        self.busy = True
        os.write(self._fd, (line + "\n").encode())

    def interrupt(self):
        os.write(self._fd, b"\x03")

    def lines(self):
        """What was printed since the last take(); a line that was written over (\\r) counts as several."""
        text = ESCAPE.sub("", self._text.replace(PROMPT, ""))
        return re.sub(r"\r+\n|\r", "\n", text).splitlines()

    def line_is_complete(self):
        return self._text.endswith(("\n", PROMPT))

    def take(self):
        lines = self.lines()
        self._text = ""
        return lines

    def wait_until(self, condition, seconds):
        """Reads on until condition() holds."""
        deadline = time.monotonic() + seconds
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(left):
                raise Hangs()

    def wait_for_prompt(self, seconds):
        self.wait_until(lambda: PROMPT in self._text, seconds)
        self.busy = False

    def at_prompt(self):
        if PROMPT in self._text:
            self.busy = False
        return not self.busy

    def _read(self, seconds):
        """Takes what is there, waiting at most so long; False once the shell has gone."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return True
        try:
            piece = os.read(self._fd, 65536)
        except OSError:  # Linux says EIO when the last process behind the terminal has gone
            return False
        self._text += self._decoder.decode(piece)
        return bool(piece)

    def close(self):
        """Ctrl-C for what still runs, then the window is closed: the kernel sends SIGHUP to all that is left."""
        try:
            if self.busy:
                self.interrupt()
                self.wait_for_prompt(2)
        except (Hangs, OSError):
            pass
        os.close(self._fd)
        for last_word in (signal.SIGHUP, signal.SIGKILL):
            if self._gone_within(2):
                return
            os.kill(self._pid, last_word)
        os.waitpid(self._pid, 0)

    def _gone_within(self, seconds):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if os.waitpid(self._pid, os.WNOHANG)[0] != 0:
                return True
            time.sleep(0.02)
        return False
