"""A real terminal for end-to-end tests: tmux on a socket of its own, driven by keys, read as text."""
import os
import re
import subprocess
import time
import uuid

# What tmux knows of the modes that a program may leave behind.
MODES = [
    "alternate_on", "cursor_flag", "insert_flag", "keypad_cursor_flag", "keypad_flag", "mouse_any_flag",
    "mouse_all_flag", "mouse_button_flag", "mouse_sgr_flag", "mouse_standard_flag", "mouse_utf8_flag", "origin_flag", "wrap_flag",
    "scroll_region_upper", "scroll_region_lower", "pane_height",
]
PROMPT = r"(?m)^\$\s*\Z"


class NotSeen(AssertionError):
    """What was waited for did not come up; carries the screen as it stood."""


class Terminal:
    """One tmux window. Use as a context manager; everything it started ends with it."""

    def __init__(self, command=None, columns=160, rows=45, environment=None):
        self.base = ["tmux", "-L", "jarvis-" + uuid.uuid4().hex[:8], "-f", "/dev/null"]
        # A shell stays behind, so that a test can see what state the terminal was left in.
        subprocess.run(
            self.base + ["start-server", ";", "set", "-g", "default-terminal", "tmux-256color", ";", "set", "-g", "escape-time", "0",
                         ";", "new-session", "-d", "-x", str(columns), "-y", str(rows), "bash", "--norc", "--noprofile"],
            check=True, env={**os.environ, "PS1": "$ ", "PROMPT_COMMAND": "", "HISTFILE": "/dev/null", **(environment or {})})
        try:
            self.prepare(command)
        except BaseException:
            self.tmux("kill-server")
            raise

    def prepare(self, command):
        self.tmux("set", "-g", "status", "off")
        self.tmux("set", "-g", "remain-on-exit", "on")
        self.wait(PROMPT)
        self.line_before = self.line_modes()
        self.key("C-l")
        self.until(lambda: self.text().strip() == "$", 20, "the shell did not clear its screen")
        self.modes_before = self.modes()
        if command:
            self.run(command)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        tty = self.format("pane_tty").removeprefix("/dev/")
        running = subprocess.run(["pgrep", "-x", "-t", tty, "jarvis-tui"], capture_output=True, text=True).stdout.split() if tty else []
        self.tmux("kill-server")
        # What ran there still puts its data in order: nothing may start on them, or remove them, before it is gone.
        end = time.monotonic() + 10
        while any(os.path.exists(f"/proc/{pid}") for pid in running) and time.monotonic() < end:
            time.sleep(0.03)

    def tmux(self, *arguments):
        return subprocess.run(self.base + list(arguments), capture_output=True, text=True).stdout

    # Reading

    def text(self):
        return self.tmux("capture-pane", "-p")

    def styled(self):
        """The screen with its colours and attributes as escape sequences."""
        return self.tmux("capture-pane", "-p", "-e")

    def history(self):
        return self.tmux("capture-pane", "-p", "-S", "-")

    def format(self, name):
        return self.tmux("display", "-p", "#{" + name + "}").strip()

    def modes(self):
        values = self.tmux("display", "-p", " ".join("#{" + name + "}" for name in MODES)).strip().split(" ")
        modes = dict(zip(MODES, values))
        # The region that scrolls is the whole height, whatever that is by now.
        height = int(modes.pop("pane_height"))
        modes["scrolls_whole"] = (int(modes.pop("scroll_region_upper")), int(modes.pop("scroll_region_lower"))) == (0, height - 1)
        return modes

    def alternate(self):
        """True while the program shows the alternate screen."""
        return self.format("alternate_on") == "1"

    # Writing

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def key(self, *names):
        self.tmux("send-keys", *names)

    def run(self, line):
        """Types a line and ends it."""
        self.type(line)
        self.key("Enter")

    def paste(self, path):
        """Pastes a file's text as a terminal does: between brackets, where the program asked for them."""
        self.tmux("load-buffer", "-b", "e2e", path)
        self.tmux("paste-buffer", "-p", "-r", "-b", "e2e")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    # Waiting

    def wait(self, pattern, seconds=20):
        """Waits until the screen matches; returns it."""
        def seen():
            text = self.text()
            return text if re.search(pattern, text) else None
        return self.until(seen, seconds, f"not seen in {seconds} s: {pattern}")

    def wait_gone(self, pattern, seconds=20):
        self.until(lambda: not re.search(pattern, self.text()), seconds, f"still there after {seconds} s: {pattern}")

    def until(self, condition, seconds, message):
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                raise NotSeen(f"{message}\n{self.text()}")
            time.sleep(0.03)

    # Processes

    def pid(self):
        """The pid of the newest jarvis-tui on this terminal; waits until there is one."""
        tty = self.format("pane_tty").removeprefix("/dev/")

        def find():
            return subprocess.run(["pgrep", "-n", "-x", "-t", tty, "jarvis-tui"], capture_output=True, text=True).stdout.strip()
        return int(self.until(find, 10, f"no jarvis-tui on {tty}"))

    # The state a program leaves

    def wait_prompt(self, seconds=20):
        """Waits until the shell has the terminal back."""
        self.until(lambda: not self.alternate() and re.search(PROMPT, self.text()), seconds, f"no prompt in {seconds} s")

    def exit_code(self):
        """Of the last command, once the prompt is there."""
        mark = uuid.uuid4().hex[:6]
        self.run(f"echo {mark}=$?")
        return int(re.search(mark + r"=(\d+)", self.wait(mark + r"=\d+")).group(1))

    def check_sane(self):
        """The terminal is as it was before: screen, cursor, keys and mouse, echo and line editing."""
        self.wait_prompt()
        after = self.modes()
        wrong = {name: (before, after[name]) for name, before in self.modes_before.items() if after[name] != before}
        if wrong:
            raise AssertionError(f"modes left changed (before, after): {wrong}\n{self.text()}")
        # Echo: the line is seen as it was typed, and its answer below it.
        self.type("echo ok-$((40+2))")
        self.wait(r"\$ echo ok-\$\(\(40\+2\)\)")
        self.key("Enter")
        self.wait(r"(?m)^ok-42$")
        line_after = self.line_modes()
        if line_after != self.line_before:
            raise AssertionError(f"line modes (stty -g) before {self.line_before}, after {line_after}")

    def line_modes(self):
        """The line discipline as `stty -g` tells it."""
        path = os.path.join(os.getcwd(), "line-modes")
        self.run(f"stty -g >{path}.new; mv {path}.new {path}")
        self.until(lambda: os.path.exists(path), 10, "stty did not tell the line modes")
        with open(path) as file:
            modes = file.read().strip()
        os.remove(path)
        return modes
