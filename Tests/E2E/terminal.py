"""A real terminal for end-to-end tests: tmux on a socket of its own, driven by keys, read as text."""
import os
import re
import subprocess
import time
import uuid


class NotSeen(AssertionError):
    """What was waited for did not come up; carries the screen as it stood."""


class Terminal:
    """One tmux window. Use as a context manager; everything it started ends with it."""

    def __init__(self, command, columns=160, rows=45, environment=None):
        self.socket = "jarvis-" + uuid.uuid4().hex[:8]
        self.base = ["tmux", "-L", self.socket, "-f", "/dev/null"]
        env = {k: v for k, v in os.environ.items() if not k.startswith("JARVIS_") and k not in ("TMUX", "SSH_CONNECTION")}
        env.update(LANG="C.UTF-8", LC_ALL="C.UTF-8", PS1="$ ", **(environment or {}))
        # A shell stays behind, so that a test can see what state the terminal was left in.
        subprocess.run(
            self.base + ["start-server", ";", "set", "-g", "default-terminal", "tmux-256color", ";", "new-session", "-d", "-x", str(columns), "-y", str(rows), "bash", "--norc", "--noprofile"],
            check=True, env=env)
        self.tmux("set", "-g", "status", "off")
        self.tmux("set", "-g", "remain-on-exit", "on")
        self.wait(r"(?m)^\$")
        if command:
            self.type(command)
            self.key("Enter")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def tmux(self, *arguments):
        return subprocess.run(self.base + list(arguments), capture_output=True, text=True).stdout

    def text(self):
        return self.tmux("capture-pane", "-p")

    def history(self):
        return self.tmux("capture-pane", "-p", "-S", "-")

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def key(self, *names):
        self.tmux("send-keys", *names)

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def alternate(self):
        """True while the program shows the alternate screen."""
        return self.tmux("display", "-p", "#{alternate_on}").strip() == "1"

    def wait(self, pattern, seconds=20):
        """Waits until the screen matches; returns it."""
        return self.until(lambda: re.search(pattern, self.text()), seconds, f"not seen in {seconds} s: {pattern}") and self.text()

    def wait_gone(self, pattern, seconds=20):
        self.until(lambda: not re.search(pattern, self.text()), seconds, f"still there after {seconds} s: {pattern}")

    def until(self, condition, seconds, message):
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                raise NotSeen(message + "\n" + self.text())
            time.sleep(0.05)

    def pid(self, name):
        """The pid of the newest child of the shell whose command line holds `name`."""
        shell = self.tmux("display", "-p", "#{pane_pid}").strip()
        found = subprocess.run(["pgrep", "-n", "-P", shell, "-f", name], capture_output=True, text=True).stdout.split()
        return int(found[0]) if found else None
