#!/usr/bin/env python3
"""The workload that `jarvis-bench savings` replays: an operator's twelve sessions of twenty turns each.

Deterministic, standard library only. `generate.py` writes workload.jsonl beside itself, `generate.py --check` fails where
that file differs. The sentences stand here and nowhere in the training corpus.

Mix of turns (MIX): talk 35 %, state 35 % (of which half are clear questions that a status board could answer, half are
not), diagnosis 15 %, change 15 %. Gaps: within a session 1.5 minutes after two turns of three, else 10; between sessions
ten hours. A follow-up leans on the turn before it and is never the first of a session.
"""

import json
import pathlib
import sys

SESSIONS, TURNS = 12, 20
# Turns of each kind in one session; sums to TURNS.
MIX = {"talk": 7, "state": 7, "diagnosis": 3, "change": 3}
GAPS = [1.5, 1.5, 10.0]
BETWEEN_SESSIONS = 600.0

NODES = ["pve", "agent", "home", "backup"]
GUESTS = ["docker-host", "pihole", "jellyfin", "postgres", "grafana", "vaultwarden", "win11", "homeassistant", "unifi"]
STORAGES = ["tank", "local", "local-lvm"]

# "live" marks the clear questions; follow-ups begin with "+".
POOL = {
    "talk": [
        "what is the idea behind copy on write?", "explain vlan tagging to a beginner", "thanks, great",
        "give me a dinner idea with chickpeas", "how does a raft election work", "what is the point of huge pages",
        "translate 'the server room is locked' into french", "write two friendly lines for a birthday card",
        "is btrfs fit for databases?", "what does the load average tell, in plain words", "morning!",
        "how do I write a systemd timer that runs every sunday", "suggest a name for my new rack",
        "what's the difference between nfs and iscsi", "cheers, that was all", "was bedeutet eigentlich thin provisioning?",
        "schreib mir einen limerick über einen lauten lüfter", "danke!", "erklär mir kurz was ein hypervisor ist",
        "comment fonctionne la déduplication ?", "merci, parfait", "qué es un contenedor, en dos frases",
        "how long do ssds live on average", "explain oauth to my grandmother", "what is 3 TiB in gigabytes",
        "give me a regex for a mac address", "make this sound nicer: the backup is broken again, your fault",
        "why is ipv6 adoption so slow", "should swap be on an ssd?", "what would a fourth node change about quorum in theory",
        "tell me something funny about sysadmins", "how do snapshots differ from backups", "who invented unix",
        "what is a good book about networking", "+can you say that shorter?", "+thanks for the explanation",
        "+and how does that compare with ext4?", "write a haiku about a reboot", "what does qm rescan do",
        "how does one usually size the arc", "good evening", "+ok got it", "explain the cap theorem with pizza",
        "which editor would you learn first, vim or emacs?", "what's a sensible retention for home backups, generally?",
    ],
    "live": [
        "status?", "is everything ok?", "how full is {storage}?", "is {guest} running?", "what is {guest} doing?",
        "which guests are stopped?", "is {node} online?", "what did we spend today?", "how full is tank",
        "are all nodes up?", "wie voll ist {storage}?", "läuft {guest}?", "alles ok?", "{guest} tourne ?",
        "is {guest} up", "how many guests are running?", "what did we spend this week?", "status",
    ],
    "state": [
        "which of the guests used the most memory since yesterday", "when did the last backup of {guest} finish",
        "show me the failed tasks of tonight", "are there package updates for {node}", "what address does {guest} have",
        "list the snapshots of {guest}", "what is in the config of {guest}", "how hot are the disks in {node}",
        "which services failed to start on {node}", "how much did {storage} grow this month",
        "welche gäste haben gar kein backup", "zeig mir die letzten zeilen im journal von {node}",
        "which guests would not survive if {node} died", "what did you do by yourself last night",
        "+and on {node}?", "+show me the last lines of it", "who logged in to {node} today",
        "combien de sauvegardes a-t-on de {guest}", "what is the replication lag", "does {guest} start at boot",
        "compare disk io on {node} and home for the last six hours", "what did we decide about {storage} last week",
        "¿cuándo se reinició {node} por última vez?", "which containers run privileged",
    ],
    "diagnosis": [
        "{guest} is awfully slow since this morning", "why did {guest} reboot at four", "my dns keeps dropping out",
        "the films stutter again", "{node} swaps like mad, what is going on", "I cannot open vaultwarden on the phone",
        "why does the backup of {guest} fail every night", "something eats {storage}, find out what",
        "das wlan meldet keinen controller mehr", "warum ist {node} so langsam", "plus rien ne marche depuis la coupure",
        "+that did not help, look again", "se cayó otra vez {guest}", "lights react with a delay of seconds",
        "is the disk in {node} dying? it clicks", "the dashboards are empty since tuesday",
    ],
    "change": [
        "restart {guest}", "shut {guest} down cleanly", "take a snapshot of {guest} before the upgrade",
        "move {guest} to {node}", "give {guest} 2 GB more memory", "run a backup of {guest} now",
        "+yes, do it", "+ok go ahead", "starte {guest} neu", "mach einen schnappschuss von {guest}",
        "redémarre {guest} s'il te plaît", "reinicia {guest}", "delete the oldest snapshot of {guest}",
        "install the updates on {node}", "clear old journals on {node} to make room", "start {guest} again",
    ],
}
REPLY = {
    "talk": "In short: it depends on what you need, and the trade-off is simplicity against control.",
    "state": "Here it is: {guest} on {node} looks normal; the figures are a few seconds old.",
    "diagnosis": "{guest} ran out of memory at 04:12 and was killed. Shall I raise its memory and start it?",
    "change": "Done and read back: {guest} is running, up 8 s.",
}


class Random:
    """SplitMix64: the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return ((z ^ (z >> 31)) >> 11) % n

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffled(self, items):
        items = list(items)
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
        return items


def turns():
    random = Random(20261123)
    number = 0
    for session in range(SESSIONS):
        kinds = random.shuffled([kind for kind, count in MIX.items() for _ in range(count)])
        before, context = None, []
        for turn, kind in enumerate(kinds):
            live = kind == "state" and random.below(2) == 0
            # A follow-up needs a turn before it that it can lean on.
            leaning = before is not None and (kind == "talk") == (before == "talk")
            while True:
                text = random.pick(POOL["live" if live else kind])
                if not text.startswith("+") or leaning:
                    break
            names = {"guest": random.pick(GUESTS), "node": random.pick(NODES), "storage": random.pick(STORAGES)}
            text = text.lstrip("+").format(**names)
            minutes = BETWEEN_SESSIONS if turn == 0 else random.pick(GAPS)
            yield {
                "id": f"w{number:04d}", "session": session, "minutes": minutes, "text": text, "context": context[-4:],
                "label": "conversational" if kind == "talk" else "live" if live else "needs_tools", "class": kind,
            }
            context = context + [
                {"role": "user", "text": text}, {"role": "assistant", "text": REPLY[kind].format(**names)}]
            before = kind
            number += 1


def main():
    path = pathlib.Path(__file__).with_name("workload.jsonl")
    text = "".join(json.dumps(turn, ensure_ascii=False) + "\n" for turn in turns())
    if "--check" in sys.argv[1:]:
        if path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not what {__file__} writes: run it without --check")
        return
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
