"""How it starts and how it dies: whatever ends it, the terminal is left as it was found."""
import os
import re
import shlex
import shutil
import signal
import subprocess
import time

from checks import Skipped, check, check_match, run
from jarvis import Jarvis
from terminal import Terminal


def die(binary, end, code, environment=None):
    """Runs the demo under a shell that mends nothing, ends it with `end`, and looks at what is left.

    bash puts the line discipline right by itself after a job that died of a signal; dash does not, and tells what it finds.
    """
    with Terminal(environment=environment) as terminal:
        terminal.run(f"sh -c {shlex.quote(shlex.quote(binary) + ' demo --seed 7; echo died $?; echo left=$(stty -g)')}")
        terminal.wait(r"Ask about the cluster")
        terminal.until(lambda: terminal.format("mouse_any_flag") == "1", 5, "the mouse was never taken: the test proves nothing")
        check(terminal.alternate(), "not on the alternate screen: the test proves nothing")
        started = time.monotonic()
        end(terminal)
        terminal.until(lambda: not terminal.alternate(), 10, "the alternate screen was not left")
        restored = time.monotonic() - started
        text = terminal.wait(r"(?m)^left=\S+")
        check_match(rf"(?m)^died {code}$", text)
        left = check_match(r"(?m)^left=(\S+)", text).group(1)
        check(left == terminal.line_before, f"line modes before {terminal.line_before}, left {left}")
        check("DEMO" not in text, f"the screen was left on the terminal:\n{text}")
        terminal.check_sane()
        return f"restored after {restored * 1000:.0f} ms"


def by_signal(number):
    return lambda terminal: os.kill(terminal.pid(), number)


def test_quit_by_key(binary, work):
    return die(binary, lambda terminal: terminal.key("C-q"), 0)


def test_quit_by_word(binary, work):
    def quit_word(terminal):
        terminal.type(":")
        terminal.wait(r"(?m):\s*│|: ?_|^.*❯.*|.*: *")
        terminal.type("quit")
        terminal.wait(r":\s?quit")
        terminal.key("Enter")
    return die(binary, quit_word, 0)


def test_quit_by_ctrl_c_twice(binary, work):
    def twice(terminal):
        terminal.key("C-c")
        terminal.wait(r"Ctrl-C once more")
        terminal.key("C-c")
    return die(binary, twice, 0)


def test_sigterm(binary, work):
    return die(binary, by_signal(signal.SIGTERM), 0)


def test_sighup(binary, work):
    return die(binary, by_signal(signal.SIGHUP), 0)


def test_sigint_from_outside(binary, work):
    return die(binary, by_signal(signal.SIGINT), 130)


def test_sigquit(binary, work):
    return die(binary, by_signal(signal.SIGQUIT), 0)


def test_crash(binary, work):
    """Swift's own handler of crashes is there, too: it must not keep a process alive that has lost its terminal."""
    return die(binary, by_signal(signal.SIGSEGV), 128 + signal.SIGSEGV, {"SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no"})


def test_abort(binary, work):
    return die(binary, by_signal(signal.SIGABRT), 128 + signal.SIGABRT, {"SWIFT_BACKTRACE": "enable=no"})


def test_terminal_goes_away(binary, work):
    """The ssh connection drops: nobody is left to tell, and no process stays behind."""
    with Jarvis.demo(binary) as screen:
        pid = screen.pid()
        screen.tmux("kill-server")
        screen.until(lambda: not os.path.exists(f"/proc/{pid}"), 10, f"process {pid} outlives its terminal")


def test_kill_9_then_reset(binary, work):
    with Terminal() as terminal:
        # `reset` sets the line modes to its own liking: that is what it has to come to again.
        terminal.run("reset; clear")
        terminal.wait(r"\A\$\s*\Z")
        terminal.line_before = terminal.line_modes()
        terminal.run(f"{shlex.quote(binary)} demo --seed 7")
        terminal.wait(r"Ask about the cluster")
        os.kill(terminal.pid(), signal.SIGKILL)
        terminal.until(lambda: terminal.format("pane_current_command") == "bash", 10, "the shell did not take over")
        # Nobody can catch this death. `reset` mends all but the place of tmux: that stays on the second screen.
        terminal.run("reset; tput rmcup")
        terminal.until(lambda: not terminal.alternate(), 20, "still on the second screen")
        # The prompt may stand behind a rest of what was on the line.
        terminal.until(lambda: re.search(r"\$\s*\Z", terminal.text()), 20, "no prompt")
        terminal.key("Enter")
        terminal.check_sane()


def test_stopped_and_continued_from_outside(binary, work):
    """kill -STOP, kill -CONT: the shell has the terminal, and nothing is drawn over it until `fg`."""
    with Jarvis.demo(binary) as screen:
        screen.write("half a thought")
        pid = screen.pid()
        os.kill(pid, signal.SIGSTOP)
        screen.wait(r"Stopped")
        screen.run("clear")
        os.kill(pid, signal.SIGCONT)

        def ticks():
            return sum(int(field) for field in open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[11:13])

        # It works on behind the shell: its picture of the cluster moves while the shell's screen does not.
        before = ticks()
        screen.until(lambda: ticks() >= before + 5, 30, "the continued process does nothing")
        screen.run("echo still $((6 * 7))")
        text = screen.wait(r"(?m)^still 42")
        check("TERMINAL" not in text and "half a thought" not in text, f"drawn over the shell:\n{text}")
        screen.run("fg")
        screen.wait(r"❯ half a thought")
        screen.key("C-q")
        screen.until(lambda: not screen.alternate(), 10, "the alternate screen was not left")


def test_suspend_and_continue(binary, work):
    with Jarvis.demo(binary) as screen:
        screen.write("half a thought")
        screen.key("C-z")
        screen.wait(r"Stopped")
        screen.check_sane()
        screen.key("C-l")
        screen.run("fg")
        screen.wait(r"❯ half a thought")
        check(screen.alternate(), "the alternate screen was not taken again")
        screen.check_frame(160, 45)
        # A window that grew meanwhile is noticed, too.
        screen.key("C-z")
        screen.wait(r"Stopped")
        screen.resize(120, 40)
        screen.run("fg")
        screen.wait(r"❯ half a thought")
        screen.check_frame(120, 40)
        screen.key("C-u")
        screen.ask("/status", r"homelab: quorate")
        screen.quit()
        screen.check_sane()


def test_nothing_is_left_of_the_demo(binary, work):
    with Jarvis.demo(binary) as screen:
        screen.quit()
        check(screen.exit_code() == 0, "not 0")
    left = [name for _, folders, files in os.walk(work) for name in folders + files if "jarvis" in name and "tmux" not in name]
    left = [name for name in left if not re.fullmatch(r"jarvis-[0-9a-f]{8}", name)]
    check(not left, f"the demo left {left}")


def test_too_small_at_start(binary, work):
    with Terminal(f"{shlex.quote(binary)} demo --seed 7", 30, 10) as terminal:
        terminal.wait(r"JARVIS needs 45x20\s+here: 30x10\s+\^Q quits")
        terminal.resize(80, 24)
        terminal.wait(r"via \w+ ✓")
        terminal.resize(30, 10)
        terminal.wait(r"JARVIS needs 45x20")
        terminal.key("C-q")
        terminal.resize(80, 24)
        terminal.wait_prompt()
        terminal.check_sane()


def test_terminals_that_cannot(binary, work):
    cases = [
        ("TERM=dumb", r"dumb.*cannot place its cursor"),
        ("env -u TERM", r"TERM is not set"),
        ("TERM=", r"TERM is not set"),
        ("TERM=no-such-terminal", r"no terminfo entry for TERM=no-such-terminal"),
    ]
    with Terminal(columns=200) as terminal:
        for number, (setting, words) in enumerate(cases):
            terminal.run(f"clear; {setting} {shlex.quote(binary)} demo; echo code-{number}=$?")
            text = terminal.wait(rf"(?m)^code-{number}=\d+")
            check_match(words, text.replace("\n", " "))
            check_match(rf"(?m)^code-{number}=2$", text)
            check(not terminal.alternate(), "the alternate screen was taken")
        terminal.key("C-l")
        terminal.wait(r"\A\$\s*\Z")
        terminal.check_sane()


def test_output_is_no_terminal(binary, work):
    run([binary, "demo"]).expect(2, err=r"needs a terminal, but standard input is not one[\s\S]*jarvis-tui status")
    with Terminal(columns=200) as terminal:
        terminal.run(f"{shlex.quote(binary)} demo | cat; echo code=${{PIPESTATUS[0]}}")
        text = terminal.wait(r"(?m)^code=\d+")
        check_match(r"standard output is not one", text)
        check_match(r"(?m)^code=2$", text)
        terminal.check_sane()


def speaks_ascii_only(binary, setting, arguments=""):
    """Everything is there, drawn in ASCII."""
    with Terminal(columns=120, rows=40) as terminal:
        terminal.run(f"{setting} {shlex.quote(binary)} demo --seed 7 {arguments}")
        terminal.wait(r"Ask about the cluster")
        terminal.run("is everything ok?")
        text = terminal.wait(r"tank on pve is")
        odd = sorted({letter for letter in text if ord(letter) > 126})
        check(not odd, f"not ASCII: {odd}\n{text}")
        check_match(r"DEMO", text)
        terminal.key("C-q")
        terminal.check_sane()


def test_ascii_by_choice(binary, work):
    speaks_ascii_only(binary, "", "--ascii")


def test_eight_bit_locale(binary, work):
    """A locale that somebody chose is obeyed."""
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-f", "ISO-8859-1", "-i", "en_US", f"{work}/en_US.ISO-8859-1"], capture_output=True)
    if not made or made.returncode > 1:
        raise Skipped("no 8-bit locale can be made here (Debian: locales)")
    speaks_ascii_only(binary, f"env -u LANG LOCPATH={work} LC_ALL=en_US.ISO-8859-1")


def test_no_locale_at_all(binary, work):
    """A container, an ssh login with nothing set: the terminal speaks UTF-8 all the same, and Jarvis with it."""
    for setting in ("LC_ALL=C", "env -u LANG -u LC_ALL", "LC_ALL=xx_YY.UTF-8"):
        with Terminal(columns=120, rows=40) as terminal:
            terminal.run(f"{setting} {shlex.quote(binary)} demo --seed 7")
            terminal.wait(r"Ask about the cluster[\s\S]*via \w+ ✓")
            terminal.key("C-q")
            terminal.check_sane()
