"""Jarvis's screen in a real terminal: what a person does there, and what they wait for."""
import re
import shlex
import time

from checks import check
from terminal import Terminal

# The frame's edges; the same in every theme with box glyphs.
CARD = r"APPROVAL \d+ ═ (RED|YELLOW)"
FOCUSED = r"n no, and say why[\s\S]*?Esc back"
BUSY = r"Esc stops"
# A little more than the product's own times (AppLimits.progressSeconds, .cardGuardSeconds).
PROGRESS_SECONDS = 0.8
GUARD_SECONDS = 0.6


class Jarvis(Terminal):
    """Started with `arguments` in a terminal of its own."""

    def __init__(self, binary, arguments="", columns=160, rows=45, environment=None):
        self.command = f"{shlex.quote(binary)} {arguments}".rstrip()
        super().__init__(self.command, columns, rows, environment)

    @classmethod
    def demo(cls, binary, columns=160, rows=45, arguments="--seed 7"):
        """The demo; the same seed lives the same life."""
        screen = cls(binary, f"demo {arguments}", columns, rows)
        screen.ready()
        return screen

    def ready(self, seconds=20):
        """Waits until the engine answers and the boot text is gone."""
        self.wait(r"(?m)^(?!.*J A R V I S)[\s\S]*Ask about the cluster|you +\d\d:\d\d", seconds)

    def write(self, text):
        """Types into the input line and waits until it stands there."""
        self.type(text)
        self.until(lambda: text in self.input(), 10, f"the input line does not show {text!r}")

    def input(self):
        """What stands behind the prompt sign, its wrapped rows joined."""
        rows = self.text().split("\n")
        starts = [index for index, row in enumerate(rows) if re.search(r"[│|] [❯>] ", row)]
        if not starts:
            return ""
        lines = []
        for row in rows[starts[-1]:]:
            inside = re.search(r"[│|] [❯> ] (.*?)\s*[│|](?:\s|$|[^│|]*$)", row + " ")
            if not inside:
                break
            lines.append(inside.group(1).rstrip())
        return "".join(lines)

    def send(self, text):
        self.write(text)
        self.key("Enter")
        self.until(lambda: text not in self.input(), 10, f"{text!r} was not sent")

    def answer(self, pattern, seconds=20):
        """Waits for a finished answer that matches; returns the screen."""
        since = None

        def done():
            nonlocal since
            text = self.text()
            if not re.search(pattern, text) or re.search(BUSY, text):
                since = None
                return None
            # Progress is shown for what takes longer than half a second: without it for longer, nothing runs.
            since = since or time.monotonic()
            return text if time.monotonic() - since > PROGRESS_SECONDS else None
        return self.until(done, seconds, f"no finished answer like {pattern} in {seconds} s")

    def ask(self, text, pattern, seconds=20):
        self.send(text)
        return self.answer(pattern, seconds)

    # Cards

    def card(self, tier=None, seconds=20):
        """Waits for a card that waits for a decision; returns the screen."""
        pattern = r"APPROVAL \d+ ═ " + (tier or r"(RED|YELLOW)")
        return self.wait(pattern + r"[\s\S]*left", seconds)

    def focus_card(self):
        """Gives the card the focus and lets the time pass in which it takes no key."""
        self.key("Tab")
        self.wait(FOCUSED)
        shown = time.monotonic()
        self.until(lambda: time.monotonic() - shown > GUARD_SECONDS, 5, "time stands still")

    def press_on_card(self, key, until):
        """Presses a key of the focused card and waits for what it does."""
        check(re.search(FOCUSED, self.text()), f"no card has the focus:\n{self.text()}")
        self.key(key)
        return self.wait(until, 10)

    # Ends

    def quit(self):
        self.key("C-q")
        self.wait_prompt()

    def check_frame(self, columns, rows):
        """The frame stands where it should and nothing sticks out."""
        lines = self.text().rstrip("\n").split("\n")
        check(len(lines) <= rows and all(len(line) <= columns for line in lines), f"larger than {columns}x{rows}:\n" + "\n".join(lines))
        top = [line for line in lines if "╭ 1" in line]
        bottom = [line for line in lines if re.search(r"╲─+╯", line)]
        check(len(top) == 1 and len(bottom) == 1, "the frame is drawn not once:\n" + "\n".join(lines))
        left, right = top[0].index("╭"), bottom[0].index("╯")
        for line in lines[lines.index(top[0]) + 1:lines.index(bottom[0])]:
            check(line[left] in "│" and line[right] in "│", "the frame has a gap:\n" + "\n".join(lines))
