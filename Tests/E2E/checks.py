"""What tests say when something is not as it should be, and how they run a command that needs no screen."""
import re
import subprocess


class Skipped(Exception):
    """The test cannot run here; its text says what is missing."""


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def check_match(pattern, text, what="text"):
    """Fails, showing `text`, where `pattern` is not in it; returns the match."""
    found = re.search(pattern, text)
    check(found, f"{what} does not match {pattern!r}:\n{text}")
    return found


def check_no_match(pattern, text, what="text"):
    check(not re.search(pattern, text), f"{what} matches {pattern!r}:\n{text}")


class Result:
    """What a finished command left: its exit code, its output and its complaints."""

    def __init__(self, arguments, done):
        self.arguments, self.code = arguments, done.returncode
        self.out, self.err = done.stdout, done.stderr

    def __str__(self):
        return f"{' '.join(self.arguments)} → {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"

    def expect(self, code, out=None, err=None):
        """Fails, showing everything, where the code or a pattern is not as expected; returns itself."""
        check(self.code == code, f"exit code {self.code}, expected {code}: {self}")
        for pattern, text in ((out, self.out), (err, self.err)):
            check(pattern is None or re.search(pattern, text), f"not found: {pattern!r} in {self}")
        # Whatever happened, nobody is shown a stack or a type's innards.
        check(not re.search(r"Fatal error|UserFacingError\(|Optional\(|Error Domain=", self.out + self.err), f"raw innards: {self}")
        return self


def run(arguments, stdin="", seconds=20, environment=None):
    """Runs a command to its end, without a terminal."""
    import os

    done = subprocess.run(
        arguments, input=stdin, capture_output=True, text=True, timeout=seconds, env={**os.environ, **(environment or {})})
    return Result(arguments, done)
