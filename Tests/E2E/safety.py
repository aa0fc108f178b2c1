"""The gate as a person meets it: words that are typed as consent, and the kill switch."""
import re

from checks import check, check_match, check_no_match
from jarvis import Jarvis


def test_word_as_consent(binary, work):
    """Cutting a guest's power takes its name or number, typed; anything else says what is wanted and decides nothing."""
    with Jarvis.demo(binary) as screen:
        screen.send("/stop pihole")
        card = screen.card("RED")
        check_match(r"call +stop_guest pihole \(102\) on agent", card)
        screen.focus_card()
        screen.press_on_card("Y", r"type pihole or 102, then Y:")
        screen.type("agent")
        screen.wait(r"then Y: agent")
        screen.key("Y")
        screen.wait(r'"agent" is not it: type pihole or 102, then Y')
        check_no_match(r"APPROVED|RECEIPT", screen.text())
        screen.key("C-u")
        screen.type("102")
        screen.wait(r"then Y: 102")
        screen.key("Y")
        text = screen.answer(r"RECEIPT 1 ═ DONE", 40)
        check_match(r"▸ stop_guest pihole \(102\) on agent .* verified ✓", text)
        # Stopped on order: told, but no trouble.
        screen.wait(r"· 102 pihole stopped", 60)
        # The receipt belongs to this turn and goes with the next.
        text = screen.ask("/status", r"homelab: quorate")
        check_no_match(r"RECEIPT", text)


def test_freeze(binary, work):
    """F9 stops every change, on every view, with its reason; a yes lifts it."""
    with Jarvis.demo(binary) as screen:
        screen.key("F9")
        screen.wait(r"Stops every change from every caller")
        screen.type("storage work")
        screen.wait(r"why storage work")
        screen.key("Enter")
        text = screen.wait(r"FROZEN: storage work")
        check_match(r"frozen since \d\d:\d\d by \w+ until it is lifted: storage work", text)
        screen.key("F3")
        screen.wait(r"GUESTS[\s\S]*FROZEN: storage work")
        screen.key("F2")
        # A change is refused, not asked about; reading goes on.
        text = screen.ask("/start win11", r"/start win11[\s\S]*(?i:frozen|freeze)")
        check_no_match(r"APPROVAL \d", text)
        screen.ask("/status", r"homelab: quorate")
        screen.key("F9")
        screen.wait(r"Lift the freeze of \d\d:\d\d \(storage work\)\?")
        screen.key("y")
        screen.wait_gone(r"FROZEN", 10)
        screen.send("/start win11")
        check(re.search(r"APPROVAL \d+ ═ YELLOW", screen.card("YELLOW")), "no card after the freeze was lifted")


def test_card_while_frozen(binary, work):
    """A card that waits says FROZEN and what to do; it takes its yes when the freeze is lifted."""
    with Jarvis.demo(binary, 100, 30) as screen:
        screen.send("/start win11")
        screen.card("YELLOW")
        screen.key("F9")
        screen.wait(r"Stops every change from every caller")
        screen.type("new disks")
        screen.wait(r"why new disks")
        screen.key("Enter")
        text = screen.wait(r"APPROVAL 1 ═ YELLOW ═ FROZEN")
        check_match(r"F9 lifts the freeze +n no, and say why", text)
        screen.focus_card()
        if "to read first" in screen.text():
            screen.key("PageDown")
            screen.wait_gone(r"to read first", 10)
        screen.press_on_card("y", r"everything is frozen: F9 lifts that first")
        check_no_match(r"APPROVED|RECEIPT", screen.text())
        screen.key("F9")
        screen.wait(r"Lift the freeze of \d\d:\d\d \(new disks\)\?")
        screen.key("y")
        screen.wait_gone(r"FROZEN", 10)
        screen.press_on_card("y", r"APPROVED|RECEIPT")


def test_allowance_is_read_before_it_is_given(binary, work):
    """`a` tells what would run unasked; once more gives it; :allowances lists it and takes it back."""
    with Jarvis.demo(binary, 80, 24) as screen:
        screen.send("/start win11")
        screen.card("YELLOW")
        screen.focus_card()
        text = screen.press_on_card("a", r"a again: yes, and from now on start_guest on win11 \(120\) on pve")
        check_match(r"asked +[║│\s]*by a person, runs unasked", text)
        check_no_match(r"APPROVED|RECEIPT", text)
        screen.key("a")
        screen.wait(r"APPROVED|RECEIPT")
        screen.answer(r"verified", 40)
        screen.type(":allowances")
        screen.key("Enter")
        screen.wait(r"allowances +1 start_guest on win11 \(120\) on pve")
        screen.key("x")
        screen.wait(r"allowances +none")
