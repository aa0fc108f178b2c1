"""The demo as a person lives it: look, ask, act with consent, talk – at a desk, on a laptop, on a phone."""
import re
import time

from checks import check, check_match, check_no_match
from jarvis import BUSY, CARD, GUARD_SECONDS, Jarvis

COST = r"COST\s+today (?:\$|US\$)([\d.]+)"


def test_first_screen_is_the_demo(binary, work):
    with Jarvis.demo(binary) as screen:
        text = screen.wait(r"via \w+ ✓")
        check(text.count("DEMO") >= 3, f"DEMO stands {text.count('DEMO')} times:\n{text}")
        for node in ("agent", "backup", "home", "pve"):
            check_match(rf"(?m)^{node} .* %", text, "the node list")
        check_match(r"4 NODES +QUORUM ✓", text)
        check_match(COST, text)
        check_match(r"you hold the approval key", text)
        screen.check_frame(160, 45)


def test_question_is_answered_from_facts(binary, work):
    with Jarvis.demo(binary) as screen:
        before = screen.wait(r"COST\s+today \$0\s")
        check_no_match(r"▌CLAUDE", before)
        text = screen.ask("please look whether everything is ok", r"▌CLAUDE [^▐]+▐ needs live data · \$0\.\d+")
        # What the answer says stands in the panels beside it, which draw the same cluster.
        check_match(r"▸ cluster_status .* ✓", text)
        check_match(r"All 4 nodes of homelab are online", text)
        stopped = re.findall(r"(?m)^(\d{3}) (\S+) +STOPPED", text)
        check(stopped, f"no stopped guest in the panel:\n{text}")
        for vmid, name in stopped:
            check_match(rf"{name} \({vmid}\)", text, "the answer")
        full = check_match(r"(?m)^pve/tank .*?(\d+) %", text).group(1)
        check_match(rf"tank on pve is (nearly full: )?{full}(\.\d)? %", text, "the answer")
        # The panel moves right after the call.
        moved = screen.wait(r"COST\s+today \$0\.\d*[1-9]")
        check_match(r"week 0\.\d+ +month 0\.\d+", moved)


def test_clear_question_is_answered_from_the_live_picture(binary, work):
    with Jarvis.demo(binary) as screen:
        text = screen.ask("is everything ok?", r"▌LIVE▐ clear question about the live picture · \$0")
        full = check_match(r"(?m)^pve/tank .*?(\d+) %", text).group(1)
        check_match(rf"storage tank on pve is {full}(\.\d)? % full", text, "the answer")
        check_match(r"4 of 4 nodes online", text, "the answer")
        check_match(r"As of \d\d:\d\d:\d\d", text, "the answer")
        check_match(r"COST\s+today \$0\s", text)


def test_restart_with_consent(binary, work):
    with Jarvis.demo(binary) as screen:
        screen.send("restart pihole")
        card = screen.card("RED")
        check_match(r"call +reboot_guest pihole \(102\) on agent", card)
        check_match(r"then +[\s\S]*whoever uses pihole is interrupted", card)
        check_match(r"plan +1\. POST /nodes/agent/lxc/102/status/reboot", card)
        check_match(r"APPROVALS +1 waits", card)
        # Whatever is typed goes into the input line and decides nothing, however long it stands there.
        screen.write("yYn")
        shown = time.monotonic()
        screen.until(lambda: time.monotonic() - shown > GUARD_SECONDS, 5, "time stands still")
        check_match(CARD, screen.text())
        check_no_match(r"runs …|RECEIPT|refused", screen.text())
        screen.key("Enter")
        screen.until(lambda: "yYn" not in screen.input(), 10, "not sent")
        check_match(CARD, screen.text())
        screen.focus_card()
        # A small letter is not the consent that a RED call needs.
        screen.press_on_card("y", r"approved with capital Y")
        check_match(CARD, screen.text())
        frames = [screen.press_on_card("Y", r"APPROVED|RECEIPT")]

        def receipt():
            frames.append(screen.text())
            return re.search(r"RECEIPT 1 ═ DONE[\s\S]*result +running, up \d+ s", frames[-1])
        screen.until(receipt, 60, "no receipt")
        text = screen.wait(r"Done and verified: pihole \(102\)")
        check_match(r"▸ reboot_guest pihole \(102\) on agent .* verified ✓", text)
        early = [frame for frame in frames if "verified" in frame and not re.search(r"▸ reboot_guest .* verified ✓", frame)]
        check(not early, "'verified' was said before it was:\n" + "\n".join(early[:1]))
        check(any(re.search(r"▸ reboot_guest .* runs …", frame) for frame in frames), "the task was not seen running")
        # The cluster agrees.
        screen.answer(r"yYn")
        uptime = check_match(r"up (\d+) s\b", screen.ask("/guest pihole", r"/guest pihole[\s\S]*COMMAND[\s\S]*up \d+ s")).group(1)
        check(int(uptime) < 60, f"up {uptime} s is no fresh start")


def test_refusal_reaches_the_model(binary, work):
    with Jarvis.demo(binary) as screen:
        screen.send("restart pihole")
        screen.card("RED")
        screen.focus_card()
        screen.press_on_card("n", r"no, because:")
        screen.type("not during the film")
        screen.wait(r"no, because: not during the film")
        screen.key("Enter")
        text = screen.answer(r"RECEIPT 1 ═ REFUSED")
        check_match(r"refused +not during the film", text)
        check_match(r"▸ reboot_guest .*refused", text)
        check_no_match(r"verified", text)


def test_talk_is_for_the_local_model(binary, work):
    with Jarvis.demo(binary) as screen:
        text = screen.ask("thanks, what is ZFS ARC?", r"▌QWEN▐ talk · \$0 ")
        check_match(r"cache", text)
        check_match(r"COST\s+today \$0\s", text)


def test_typed_commands(binary, work):
    with Jarvis.demo(binary) as screen:
        text = screen.ask("/status", r"▌COMMAND▐ typed command · \$0")
        check_match(r"homelab: quorate, 4 of 4 nodes online, \d+ of 15 guests running", text)
        screen.send("/start win11")
        card = screen.card("YELLOW")
        check_match(r"call +start_guest win11 \(120\) on pve", card)
        check_match(r"asked +by you", card)
        screen.focus_card()
        screen.press_on_card("y", r"APPROVED|RECEIPT")
        text = screen.answer(r"RECEIPT 1 ═ DONE", 40)
        check_match(r"▸ start_guest win11 \(120\) on pve .* verified ✓", text)
        screen.wait(r"GUESTS +15 up, 0 down")
        text = screen.ask("/nonsense", r"nonsense[\s\S]*COMMAND|no (such )?command")
        check_match(r"(?i)nonsense|no (such )?command", text)


def test_escape_stops_a_running_answer(binary, work):
    with Jarvis.demo(binary, arguments="--seed 7 --tokens-per-second 8") as screen:
        screen.send("what is ZFS ARC?")
        screen.wait(r"▌QWEN▐[\s\S]*The ARC is[\s\S]*" + BUSY)
        screen.key("Escape")
        text = screen.wait(r"interrupted", 5)
        check_match(r"The ARC is", text, "what was shown")
        screen.wait_gone(BUSY, 5)
        # The conversation goes on.
        screen.ask("/status", r"homelab: quorate")


def test_conversation_at_80x24(binary, work):
    with Jarvis.demo(binary, 80, 24) as screen:
        screen.check_frame(80, 24)
        screen.ask("is everything ok?", r"tank on pve is")
        screen.send("restart pihole")
        card = screen.card("RED")
        check_match(r"plan +1\. POST", card)
        check_match(r"Tab to decide:   Y yes", card)
        screen.check_frame(80, 24)
        screen.focus_card()
        screen.press_on_card("Y", r"APPROVED|RECEIPT")
        screen.answer(r"▸ reboot_guest .*verified ✓[\s\S]*verified: pihole", 60)
        screen.check_frame(80, 24)
        screen.key("F8")
        text = screen.wait(r"(?m)CPU +42 cores")
        check_match(r"agent .* %", text)


def test_phone_45x20(binary, work):
    with Jarvis.demo(binary, 45, 20) as screen:
        check_match(r"DEMO", screen.text())
        screen.check_frame(45, 20)
        screen.ask("is everything ok?", r"tank on pve is")
        screen.send("restart pihole")
        screen.card("RED")
        screen.focus_card()
        # Consent is to the whole card: what is below its edge has to be read.
        screen.press_on_card("Y", r"read the rest of the card first")
        check_match(r"↓ \d+ more to read first: PgDn", screen.text())
        screen.until(lambda: not re.search(r"↓ \d+ more", screen.text()) or screen.key("PageDown"), 10, "the card does not scroll to its end")
        check_match(r"undo +nothing to undo", screen.text())
        screen.press_on_card("Y", r"APPROVED|RECEIPT")
        screen.answer(r"verified: pihole", 60)
        screen.check_frame(45, 20)


def test_resize_storm(binary, work):
    with Jarvis.demo(binary) as screen:
        screen.ask("thanks, what is ZFS ARC?", r"▌QWEN▐ talk")
        screen.write("half a thought")
        for columns, rows in [(80, 24), (300, 100), (45, 20), (20, 5), (120, 40), (44, 19), (240, 67), (60, 30), (100, 30), (20, 5)]:
            screen.resize(columns, rows)
        screen.wait(r"JARVIS needs 45x20")
        screen.resize(160, 45)
        screen.wait(r"❯ half a thought[\s\S]*via \w+ ✓")
        screen.check_frame(160, 45)
        check_match(r"▌QWEN▐ talk[\s\S]*read cache", screen.text())
        screen.key("C-u")
        screen.ask("/status", r"homelab: quorate")
        screen.quit()
        screen.check_sane()
