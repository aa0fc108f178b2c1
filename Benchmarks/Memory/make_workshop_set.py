#!/usr/bin/env python3
"""Makes workshop-corpus.jsonl, workshop-questions.jsonl and workshop-inventory.json from workshop.txt, a second set with other
names, other words and other languages than the first: what was tuned on the one is judged by the other.
"""
import datetime as dt, json, os, random, re
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))
ZONE = ZoneInfo("Europe/Paris")
# Tuesday, 6 April 2027; summer time began nine days before.
NOW = dt.datetime(2027, 4, 6, 8, 45, tzinfo=ZONE)
NODES = ["atlas", "boreas", "ceres"]
GUESTS = {200: "nextcloud", 201: "gitea", 202: "mosquitto", 203: "frigate", 204: "paperless", 210: "mariadb", 211: "keycloak",
          215: "minecraft", 220: "wireguard", 230: "zabbix", 300: "erp-test", 301: "erp-prod"}


def moment(days, clock):
    day = (NOW - dt.timedelta(days=int(days))).date()
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), ZONE)


def read(lines):
    items, asked, at, session = [], [], None, None

    def put(tier, when, text, role=None):
        key, text = re.fullmatch(r"(?:\[([\w-]+)\] )?(.*)", text).groups()
        items.append({"key": key, "tier": tier, "at": when, "text": text, "role": role,
                      "session": session if tier == "conversation" or role == "summary" else None})

    for line in lines:
        word, _, rest = line.strip().partition(" ")
        if word == "talk":
            at = moment(*rest.split())
            session = f"w-{at:%m%d-%H%M}"
        elif word in "><" and word:
            put("conversation", at, rest, "user" if word == ">" else "assistant")
            at += dt.timedelta(seconds=75)
        elif word == "=":
            put("episodic", at + dt.timedelta(minutes=31), rest, "summary")
        elif word in ("event", "fact"):
            days, clock, text = rest.split(" ", 2)
            put("episodic" if word == "event" else "semantic", moment(days, clock), text)
        elif word == "ask":
            kind, text = rest.split(" ", 1)
            text, any_of, keys = re.fullmatch(r"(.*?) (~?)-?> ?(.*)", text).groups()
            asked.append((kind, text, bool(any_of), keys.split()))
    return items, asked


def everyday(chance):
    for days in range(1, 36):
        vmid, name = chance.choice(sorted(GUESTS.items()))
        yield days, "23:30", f"vzdump of {vmid} {name} to nfs-cold finished in {chance.randint(2, 40)} min {chance.randint(1, 59)} s, OK."
        if days % 3 == 0:
            node = chance.choice(NODES)
            yield days, f"{chance.randint(10, 21)}:{chance.randint(10, 59)}", chance.choice([
                f"Node {node}: {chance.randint(2, 40)} updates are available.",
                f"Load of node {node} was above its number of cores for {chance.randint(6, 25)} minutes."])


def write(name, rows):
    with open(os.path.join(HERE, name), "w") as out:
        for row in rows:
            out.write(json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False, sort_keys=True) + "\n")


with open(os.path.join(HERE, "workshop.txt")) as diary:
    items, asked = read(diary)
items += [{"key": None, "tier": "episodic", "at": moment(days, clock), "text": text, "role": None, "session": None}
          for days, clock, text in everyday(random.Random(406))]
items.sort(key=lambda item: item["at"])
ids = {}
for number, item in enumerate(items, 1):
    item["id"] = f"w{number:03}"
    if item["key"]:
        ids[item["key"]] = item["id"]
write("workshop-corpus.jsonl", [
    {"id": i["id"], "tier": i["tier"], "at": i["at"].isoformat(), "session": i["session"], "text": i["text"],
     "role": None if i["role"] == "summary" else i["role"]} for i in items])
write("workshop-questions.jsonl", [
    {"id": f"wq{number:03}", "type": kind, "question": text, "now": NOW.isoformat(), "tz": "Europe/Paris",
     "evidence": [ids[key] for key in keys], "any": any_of or None} for number, (kind, text, any_of, keys) in enumerate(asked, 1)])
with open(os.path.join(HERE, "workshop-inventory.json"), "w") as out:
    json.dump({"nodes": NODES, "guests": [{"vmid": v, "name": n} for v, n in GUESTS.items()],
               "storages": ["ceph-vm", "nfs-cold", "local-zfs"]}, out, indent=1)
    out.write("\n")
print(len(items), "items,", len(asked), "questions")
