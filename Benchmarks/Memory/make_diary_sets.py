#!/usr/bin/env python3
"""Makes the corpus, the questions and the inventory of each diary (workshop.txt, school.txt): sets with other names, other words
and other languages than the first, so that what was tuned on the one is judged by the others.
"""
import datetime as dt, json, os, random, re
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))


class Place:
    """When and where a diary is read."""

    def __init__(self, lines):
        words = [line.split() for line in lines]
        name, clock = next((w[2], w[1]) for w in words if w[:1] == ["now"])
        self.zone_name, self.zone = name, ZoneInfo(name)
        self.now = dt.datetime.fromisoformat(clock).replace(tzinfo=self.zone)
        self.nodes = [n for w in words if w[:1] == ["nodes"] for n in w[1:]]
        self.storages = [n for w in words if w[:1] == ["storages"] for n in w[1:]]
        self.guests = {int(w[1]): w[2] for w in words if w[:1] == ["guest"]}

    def moment(self, days, clock):
        day = (self.now - dt.timedelta(days=int(days))).date()
        return dt.datetime.combine(day, dt.time.fromisoformat(clock), self.zone)


def read(lines, place):
    items, asked, at, session = [], [], None, None

    def put(tier, when, text, role=None):
        key, text = re.fullmatch(r"(?:\[([\w-]+)\] )?(.*)", text).groups()
        items.append({"key": key, "tier": tier, "at": when, "text": text, "role": role,
                      "session": session if tier == "conversation" or role == "summary" else None})

    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "talk":
            at = place.moment(*rest.split())
            session = f"w-{at:%m%d-%H%M}"
        elif word in "><" and word:
            put("conversation", at, rest, "user" if word == ">" else "assistant")
            at += dt.timedelta(seconds=75)
        elif word == "=":
            put("episodic", at + dt.timedelta(minutes=31), rest, "summary")
        elif word in ("event", "fact"):
            days, clock, text = rest.split(" ", 2)
            put("episodic" if word == "event" else "semantic", place.moment(days, clock), text)
        elif word == "ask":
            kind, text = rest.split(" ", 1)
            text, any_of, keys = re.fullmatch(r"(.*?) (~?)-?> ?(.*)", text).groups()
            asked.append((kind, text, bool(any_of), keys.split()))
    return items, asked


def everyday(chance, place):
    for days in range(1, 36):
        vmid, name = chance.choice(sorted(place.guests.items()))
        yield days, "23:30", f"vzdump of {vmid} {name} to {place.storages[-2]} finished in {chance.randint(2, 40)} min {chance.randint(1, 59)} s, OK."
        if days % 3 == 0:
            node = chance.choice(place.nodes)
            yield days, f"{chance.randint(10, 21)}:{chance.randint(10, 59)}", chance.choice([
                f"Node {node}: {chance.randint(2, 40)} updates are available.",
                f"Load of node {node} was above its number of cores for {chance.randint(6, 25)} minutes."])


def write(name, rows):
    with open(os.path.join(HERE, name), "w") as out:
        for row in rows:
            out.write(json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False, sort_keys=True) + "\n")


def make(name, letter, seed):
    with open(os.path.join(HERE, name + ".txt")) as diary:
        lines = diary.read().splitlines()
    place = Place(lines)
    items, asked = read(lines, place)
    items += [{"key": None, "tier": "episodic", "at": place.moment(days, clock), "text": text, "role": None, "session": None}
              for days, clock, text in everyday(random.Random(seed), place)]
    items.sort(key=lambda item: item["at"])
    ids = {}
    for number, item in enumerate(items, 1):
        item["id"] = f"{letter}{number:03}"
        if item["key"]:
            ids[item["key"]] = item["id"]
    write(name + "-corpus.jsonl", [
        {"id": i["id"], "tier": i["tier"], "at": i["at"].isoformat(), "session": i["session"], "text": i["text"],
         "role": None if i["role"] == "summary" else i["role"]} for i in items])
    write(name + "-questions.jsonl", [
        {"id": f"{letter}q{number:03}", "type": kind, "question": text, "now": place.now.isoformat(), "tz": place.zone_name,
         "evidence": [ids[key] for key in keys], "any": any_of or None} for number, (kind, text, any_of, keys) in enumerate(asked, 1)])
    with open(os.path.join(HERE, name + "-inventory.json"), "w") as out:
        json.dump({"nodes": place.nodes, "guests": [{"vmid": v, "name": n} for v, n in place.guests.items()],
                   "storages": place.storages}, out, indent=1)
        out.write("\n")
    print(name + ":", len(items), "items,", len(asked), "questions")


make("workshop", "w", 406)
make("school", "s", 212)
