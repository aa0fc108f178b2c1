#!/usr/bin/env python3
"""Writes operations-corpus.jsonl and operations-questions.jsonl: forty days of a made-up homelab as memory holds them, and what
a person would ask about them. The conversations are written by hand, the everyday events are made from a seed.

A turn, event or fact that a question needs carries a key before a bar: "key|text". Questions name keys, never ids.
"""
import datetime as dt, json, os, random, sys
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
# Friday, 20 November 2026, ten in the morning.
NOW = dt.datetime(2026, 11, 20, 10, 0, tzinfo=ZONE)
rng = random.Random(20261120)
items, keys = [], {}


def at(days, clock):
    day = (NOW - dt.timedelta(days=days)).date()
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def put(moment, tier, text, role=None, session=None):
    key, bar, rest = text.partition("|")
    item = {"tier": tier, "role": role, "at": moment, "session": session, "text": rest if bar else text}
    if bar:
        keys[key] = item
    items.append(item)


def talk(days, clock, summary, *turns):
    name = f"s{days:02}-{clock.replace(':', '')}"
    moment = at(days, clock)
    for index, turn in enumerate(turns):
        put(moment, "conversation", turn, "user" if index % 2 == 0 else "assistant", name)
        moment += dt.timedelta(seconds=rng.randint(20, 140))
    put(moment + dt.timedelta(minutes=30), "episodic", summary, None, name)


def event(days, clock, text):
    put(at(days, clock), "episodic", text)


def fact(days, clock, text):
    put(at(days, clock), "semantic", text)


talk(1, "09:12", "sum-rootdisk|Looked at pve's root disk at 91 %: old kernels and journals were the cause; autoremove brought it to 74 %.",
     "rd1|pve's root disk is almost full, what is eating it?", "rd2|/ on pve is at 91 %. The largest are /var/log/journal with 4.1 GB and six old kernels in /boot and /usr/lib/modules.",
     "can we drop the old kernels?", "rd3|Yes: apt autoremove would remove five of them and free 2.9 GB; the running 6.8.12-4 stays.",
     "rd4|do it and cap the journal at 500 MB", "rd5|Done. Five kernels removed, SystemMaxUse=500M set, journal vacuumed. / on pve is at 74 % now.")
talk(1, "20:40", "sum-jelly|Jellyfin stuttered since transcoding ran on the CPU; the iGPU was passed through again.",
     "movies stutter on the tv tonight", "je1|jellyfin (130) uses 580 % CPU: it transcodes in software, /dev/dri is missing inside.",
     "since when?", "je2|Since the kernel update on pve on Sunday; the passthrough entry points to the old card number.",
     "fix the entry please", "je3|Changed to renderD129 and restarted jellyfin. Hardware transcoding works, CPU is at 40 %.")
talk(2, "18:05", "sum-cert|The web certificate on nginx-proxy expires in nine days because port 80 is closed; renewal is to go by DNS challenge.",
     "why does the browser warn about our wildcard certificate?", "ce1|The certificate on nginx-proxy runs out on 27 November; renewal has failed since port 80 was closed on the router.",
     "what else could we use?", "ce2|A DNS challenge: it needs an API token of the domain's registrar and no open port.",
     "ce3|good, we use the DNS challenge with deSEC", "ce4|Noted. I prepared the certbot command; the token has to be put on nginx-proxy by you.")
talk(3, "08:30", "sum-agentoff|After the outage of agent the cause was found: the switch in the cellar had lost power.",
     "what was wrong with agent last night?", "ao1|Node agent was unreachable from 23:41 to 01:52. Its own log shows link down on eno1, no reboot.",
     "so the cable?", "ao2|More likely the switch in the cellar: home lost its second link in the same minute.",
     "ao3|right, the cleaner pulled the switch's plug", "Then that explains both. Nothing else was affected.")
talk(4, "21:15", "sum-plan|Planned to buy two 4 TB disks for tank before Christmas.",
     "pl1|let's talk about growing the pool before Christmas", "tank holds 81 % of 7.2 TB. Two more 4 TB drives as a mirror would bring it to 10.8 TB.",
     "which ones?", "pl2|Two Toshiba N300 4 TB would fit; about 105 euros each.", "pl3|I'll order the Toshibas next week", "I'll remind you of the free bays: 5 and 6.")
talk(5, "11:00", "sum-ha|Zigbee devices dropped off homeassistant after the USB stick moved to another port.",
     "the lights don't react", "ha1|homeassistant (103) lost its Zigbee coordinator: the stick enumerates as ttyUSB1 since this morning.",
     "can you pin it?", "ha2|By its serial: /dev/serial/by-id/usb-ITead_Sonoff_Zigbee_3.0-if00. I would change the passthrough of 103 to that.",
     "yes do that", "ha3|Done and homeassistant restarted. 34 devices are back.")
talk(6, "19:22", "sum-budget|Claude's spending was discussed: the daily cap becomes 6 dollars.",
     "how much did we spend on Claude this month?", "bu1|41.20 USD until today, 62 % of it on long log questions.",
     "bu2|then set the daily limit to 6 dollars", "The daily cap is 6 USD now, a warning comes at 4.80.")
talk(7, "10:45", "sum-vault|vaultwarden got a second, encrypted export every night, to backup-store.",
     "is my password safe backed up?", "va1|vaultwarden (108) is in the nightly vzdump only. An export of its own would survive a broken image, too.",
     "va2|make a nightly export at 03:20, encrypted with age", "Added a timer vault-export.timer at 03:20 that writes age files to backup-store, 14 kept.")
talk(8, "14:02", "sum-net|VLAN 30 was set up for cameras on vmbr1.",
     "I want the cameras in their own network", "ne1|vmbr1 is VLAN aware already. VLAN 30 with 10.0.30.0/24 is free.",
     "ne2|then VLAN 30 for cameras, no internet", "ne3|unifi has network cameras with VLAN 30; the firewall on the router drops everything from it to outside.",
     "what about the recorder?", "The recorder stays on VLAN 10 and may pull from 30.")
talk(9, "22:10", "sum-slowpg|postgres was slow because of missing autovacuum on the events table.",
     "grafana dashboards take ages to load", "pg1|The queries wait for postgres (106): the table events has 41 million dead rows.",
     "pg2|why didn't autovacuum run?", "pg3|Its threshold scales with the table; I would set autovacuum_vacuum_scale_factor to 0.02 for that table.",
     "go on", "pg4|Set, and a manual vacuum took 11 minutes. The dashboards load in under a second.")
talk(10, "09:35", "sum-ups|The UPS reports a worn battery, a replacement RBC7 was chosen.",
     "the ups beeps", "up1|apcupsd says REPLACEBATT since 06:10; the battery is from March 2022 and holds for 4 minutes at this load.",
     "what do I need?", "up2|A cartridge RBC7 or compatible, two 12 V 17 Ah blocks.", "up3|I bought a compatible one from Conrad", "Then swap it with the load on mains; it is hot-swappable.")
talk(11, "17:48", "sum-docker|docker-host ran out of inodes because of dangling image layers.",
     "containers on docker-host cannot write anything", "do1|The disk has 60 GB free but no inodes: /var/lib/docker/overlay2 holds 3.1 million files.",
     "clean it up", "do2|docker system prune removed 214 dangling images. Inodes in use fell from 100 % to 38 %.",
     "can that be automatic?", "do3|I suggested a weekly prune on Sunday at 04:00; you wanted to think about it.")
talk(12, "20:00", "sum-migrate|grafana was moved from pve to agent to make room for memory.",
     "pve is short on ram", "mi1|pve uses 29.4 of 32 GB. grafana, unifi and pihole could live elsewhere; agent has 9 GB free.",
     "mi2|move grafana to agent", "mi3|grafana (107) was migrated to agent in 48 s, by restart, since it is a container.", "thanks", "pve is at 87 % now.")
talk(13, "07:55", "sum-zfs|A scrub on tank found 3 checksum errors on one disk, which was put under watch.",
     "did the scrub find anything?", "zf1|The scrub of tank ended at 05:12: 3 checksum errors on ata-WDC_WD40EFRX-68N32N0_WD-WCC7K1234567, all repaired.",
     "is the drive dying?", "zf2|SMART shows 8 pending sectors and 0 reallocated. I would watch it and have a spare.",
     "zf3|watch it, if it passes 20 pending we replace it", "Noted: replace that drive at more than 20 pending sectors.")
talk(14, "18:30", "sum-win|win11 got a vTPM and 16 GB for a tax program.",
     "I need windows for the tax program", "wi1|win11 (120) is off. It has 8 GB; the tax program asks for 16 and a TPM.",
     "give it both", "wi2|16 GB and a vTPM were added; win11 was started for you.", "I turn it off when done", "Fine; it is not on at boot.")
talk(15, "12:20", "sum-offsite|offsite-sync was too slow; the limit of 20 Mbit/s was lifted at night.",
     "the copy to my brother's house never finishes", "of1|offsite-sync (141) is limited to 20 Mbit/s all day; 310 GB are behind.",
     "of2|no limit between midnight and six", "of3|Changed: unlimited from 00:00 to 06:00, else 20 Mbit/s. At that pace it catches up in two nights.")
talk(16, "21:50", "sum-quorum|Adding a QDevice on the router was discussed and put off.",
     "what happens when two nodes are down?", "qu1|With four nodes the cluster has no quorum with two left: nothing can be started.",
     "could a qdevice help?", "qu2|Yes, a QDevice on a Raspberry Pi adds a fifth vote.", "qu3|later, maybe in January", "I noted it for January.")
talk(17, "10:10", "sum-pihole|pihole's gravity update failed because of a dead block list, which was removed.",
     "ads are back on my phone", "ph1|pihole (102) has not updated its lists for 12 days: a list at blocklist.example.net gives 404 and aborts the run.",
     "throw it out", "ph2|Removed; gravity has 1.2 million domains again.")
talk(18, "16:40", "sum-mail|Mails from the cluster landed in spam until the relay was used.",
     "I don't get the mails of the backups", "ma1|They are sent straight from pve and rejected: no SPF for that address.",
     "use my provider's relay", "ma2|postfix on pve relays through smtp.posteo.de:587 now; the test mail arrived.")
talk(19, "19:05", "sum-name|A name for the fifth machine was chosen: attic.",
     "na1|I'll get an old NUC as a fifth node, how shall we name it?", "The others are named by their place or duty: home, agent, backup.",
     "na2|it will stand under the roof, so attic", "attic it is. I'd reserve 192.168.1.15 for it.")
talk(20, "08:05", "sum-temp|backup ran hot, since its fan was stuck with dust.",
     "backup beeps", "te1|The CPU of node backup is at 94 degrees and throttles; fan1 shows 0 rpm.",
     "I'll clean it", "te2|At 08:50 the fan turned at 1,150 rpm again and the CPU is at 51 degrees.")
talk(21, "13:13", "sum-snap|Old snapshots of postgres were deleted to free 48 GB.",
     "why is tank filling so fast?", "sn1|Snapshots of 106 from before the upgrade in September hold 48 GB.", "delete them", "sn2|Three snapshots of postgres deleted: pre-upgrade, test1, test2. 48 GB are free again.")
talk(22, "20:25", "sum-gpu|A used RTX 3060 for the local model was weighed against the cost of power.",
     "gp1|would a graphics card make qwen faster?", "With the 12 GB of an RTX 3060 the 7B model would run about eight times as fast.",
     "what does it cost to run?", "gp2|Idle about 14 W: some 37 euros a year at your price of 30 cents.", "gp3|not now, too loud", "All right, we stay on the CPU.")
talk(23, "09:00", "sum-lag|The dns was slow since pihole asked a far upstream; changed to quad9.",
     "pages open slowly this morning", "la1|pihole asks 1.0.0.1, which answers in 380 ms from here.", "take another one", "la2|The upstream is 9.9.9.9 now: 14 ms.")
talk(24, "18:18", "sum-restore|A restore of vaultwarden was tried as a drill and took 3 minutes.",
     "do our backups really work?", "re1|A drill would tell: restore vaultwarden to a new id without network.",
     "try it", "re2|Restored to 901 in 3 minutes 10, booted, web vault answers. 901 was removed by you afterwards.")
talk(26, "11:30", "sum-nfs|NFS exports of truenas were limited to the server network.",
     "who can mount our shares?", "nf1|truenas exports /mnt/tank/media to everyone, no restriction.", "nf2|only 192.168.1.0/24 please", "nf3|Limited to 192.168.1.0/24; docker-host remounted without trouble.")
talk(28, "22:45", "sum-kernel|Kernel 6.11 broke the network card of home; pinned to 6.8.",
     "home has no network after the reboot", "ke1|The r8169 driver in kernel 6.11 does not bring up the card of home.", "ke2|go back to the old kernel", "ke3|home was booted with 6.8.12-4 and pinned to it with proxmox-boot-tool.")
talk(30, "17:00", "sum-photos|Immich for photos was considered; it needs 6 GB on docker-host.",
     "im1|can we host our photos ourselves?", "Immich would do: with machine learning it needs about 6 GB of memory.", "where?", "im2|docker-host has room; the photos belong on tank.", "let me sleep on it", "Of course.")
talk(33, "19:40", "sum-rename|The guest ubuntu-test was removed after a year without use.",
     "which machines do nothing?", "rn1|ubuntu-test (115) has had no traffic for a year.", "rn2|remove it, I don't need it", "You removed 115 in the web interface; I may not.")
talk(36, "10:20", "sum-power|The cluster draws 142 W; home could sleep at night.",
     "what does all this cost in power?", "po1|142 W on average by the UPS and the plugs: 31 euros a month.", "can something sleep?", "po2|home is idle from one to six; asleep it would save about 4 euros a month.")
talk(39, "15:15", "sum-first|First setup: token, the four nodes and the management machine were introduced.",
     "hello, this is my cluster", "fi1|I see four nodes: pve, agent, home and backup, with fifteen guests.", "you live on 105", "fi2|Noted: I run in guest 105 on agent.")

event(3, "01:52", "ev-agent|Node agent is online again after 2 h 11 min; it was unreachable from 23:41.")
event(4, "23:41", "ev-agent0|Node agent is offline: no answer for 60 s.")
event(2, "02:14", "ev-vzfail|vzdump of 101 truenas to backup-store failed: no space left on device.")
event(1, "03:02", "ev-night1|Jarvis restarted pihole (102) by runbook guest-crashed; it answered after 22 s.")
event(0, "02:40", "ev-night0|Jarvis freed 6 GB on docker-host by runbook disk-full: docker image prune.")
event(0, "04:15", "ev-night2|Jarvis restarted unifi (109) by runbook guest-crashed, verified after 35 s.")
event(8, "05:30", "ev-replace|Replication of 103 homeassistant to home failed: connection refused; it went through at 05:45.")
event(12, "20:03", "ev-mig|Task qmigrate/vzmigrate: 107 grafana moved from pve to agent, OK.")
event(9, "11:20", "ev-power|Power failure: UPS on battery for 3 minutes, charge fell to 62 %.")
event(15, "06:05", "ev-home|Node home rebooted unexpectedly: uptime was 41 days, no shutdown in the log.")
event(20, "07:58", "ev-hot|Node backup: CPU temperature 94 °C, critical.")
event(23, "14:32", "ev-quorum|Cluster lost quorum for 40 s while the core switch restarted.")
event(10, "06:10", "ev-ups|UPS reports REPLACEBATT.")
event(6, "16:20", "ev-tank|Storage tank passed 80 %: warning.")
event(28, "22:31", "ev-homenet|Node home is offline after reboot.")
event(17, "03:00", "ev-upd|Jarvis installed 14 security updates on agent with your approval; no reboot needed.")
event(25, "02:20", "ev-pbs|Verification on pbs found a damaged chunk in the backup of 106 postgres; a new full backup was made.")
event(31, "13:05", "ev-jcrash|jellyfin (130) was killed by the OOM killer; Jarvis started it again at 13:06.")
event(35, "21:10", "ev-lock|guest 104 nginx-proxy was locked by a hanging snapshot task for 25 minutes.")
event(5, "08:50", "ev-zig|USB device 10c4:ea60 was disconnected from node home and came back as ttyUSB1.")

fact(39, "15:30", "f-mgmt|Jarvis lives in guest 105 on node agent.")
fact(38, "12:00", "f-crit|The operator prefers mail for critical issues.")
fact(37, "09:00", "f-win|win11 is off on purpose; it is started only for the tax program.")
fact(36, "20:00", "f-ask|Ask before restarting truenas: the family may be watching films.")
fact(35, "08:00", "f-time-old|Backups run at 02:00 every night.")
fact(16, "22:00", "f-time|Backups run at 03:30 every night since the offsite copy needs the line until three.")
fact(34, "10:00", "f-router-old|The router is a FRITZ!Box 7590 at 192.168.1.1.")
fact(11, "10:00", "f-router|The router is an OPNsense box at 192.168.1.1; the FRITZ!Box is only the modem.")
fact(33, "10:00", "f-quiet|No notices between 23:00 and 07:00 unless something is critical.")
fact(32, "10:00", "f-nas|The NAS is what the operator calls truenas.")
fact(31, "10:00", "f-brother|The offsite copy goes to the operator's brother in Kassel.")
fact(30, "12:00", "f-price|Electricity costs 30 cents per kWh.")
fact(29, "12:00", "f-units|The operator wants sizes in GiB and short answers.")
fact(28, "12:00", "f-reboot|Nodes are rebooted only on Sunday mornings.")
fact(27, "12:00", "f-disk-old|The spare disk lies in the drawer: one WD Red 4 TB.")
fact(7, "12:00", "f-disk|There is no spare disk left; the WD Red from the drawer went into tank bay 3.")
fact(26, "12:00", "f-never|Never touch homeassistant during the day.")
fact(25, "12:00", "f-lang|Answers in English, even when asked in German.")
fact(24, "12:00", "f-owner|unifi and the access points are looked after by Petra.")
fact(22, "12:00", "f-llm-old|Qwen runs in docker-host.")
fact(13, "12:00", "f-llm|Qwen runs on node home in llama.cpp, no longer in docker-host.")
fact(21, "12:00", "f-isp|The internet line is a 250/40 line of Deutsche Glasfaser.")

# Everyday life that hides what is asked for.
guests = [(100, "docker-host"), (101, "truenas"), (102, "pihole"), (103, "homeassistant"), (104, "nginx-proxy"), (106, "postgres"),
          (107, "grafana"), (108, "vaultwarden"), (109, "unifi"), (130, "jellyfin"), (140, "pbs"), (141, "offsite-sync")]
for day in range(1, 40):
    vmid, name = rng.choice(guests)
    event(day, f"0{rng.randint(3, 5)}:{rng.randint(10, 59)}", f"vzdump of {vmid} {name} to backup-store finished in {rng.randint(1, 19)} min {rng.randint(1, 59)} s, OK.")
    if day % 2 == 0:
        node = rng.choice(["pve", "home", "backup"])
        event(day, f"{rng.randint(10, 21)}:{rng.randint(10, 59)}", rng.choice([
            f"CPU of node {node} was above 90 % for {rng.randint(5, 20)} minutes.", f"Node {node}: {rng.randint(3, 30)} updates are available.",
            f"Memory of node {node} passed 85 %, back to normal after {rng.randint(3, 40)} minutes."]))
    if day % 4 == 1:
        vmid, name = rng.choice(guests)
        name_ = f"chat-{day}"
        start = at(day, f"{rng.randint(12, 16)}:{rng.randint(10, 59)}")
        for index, text in enumerate([f"is {name} all right?", f"{name} ({vmid}) runs, {rng.randint(1, 30)} % CPU, up {rng.randint(2, 40)} days.",
                                      "and the rest?", "All nodes online, quorate, no open incidents."]):
            put(start + dt.timedelta(seconds=40 * index), "conversation", text, "user" if index % 2 == 0 else "assistant", name_)

QUESTIONS = [
    # time
    ("time", "What did we discuss yesterday about pve's disk?", "rd1 rd2 rd3 rd4 rd5 sum-rootdisk", "any"),
    ("time", "what did we talk about on Wednesday?", "sum-cert"), ("time", "What did we do last Monday?", "sum-plan"),
    ("time", "what did you do on your own last night?", "ev-night0 ev-night2"), ("time", "What happened on Tuesday morning?", "sum-agentoff"),
    ("time", "what did we decide two weeks ago about the qdevice?", "qu3 sum-quorum", "any"), ("time", "Was haben wir gestern Abend besprochen?", "sum-jelly"),
    ("time", "¿qué pasó ayer con jellyfin?", "je1 je2 je3 sum-jelly", "any"), ("time", "qu'avons-nous fait hier sur pve ?", "rd4 rd5 sum-rootdisk", "any"),
    ("time", "what did we discuss on 10 November?", "sum-ups"), ("time", "What went wrong with home in October?", "ev-homenet ke1 sum-kernel", "any"),
    ("time", "what happened with the power last week?", "ev-power"), ("time", "what did we change about grafana between 6 and 9 November?", "mi2 mi3 sum-migrate", "any"),
    ("time", "what did we set up on Thursday last week?", "sum-net"), ("time", "which backup failed this week?", "ev-vzfail"),
    ("time", "what was the trouble with lights on Sunday?", "ha1 ha2 sum-ha", "any"),
    # entity
    ("entity", "when did we pass the gpu to 130 again?", "je3 je2 sum-jelly", "any"), ("entity", "what do we know about 10.0.30.0/24?", "ne1"),
    ("entity", "what is wrong with WD-WCC7K1234567?", "zf1"), ("entity", "what did we do with 901?", "re2"), ("entity", "any trouble with offsite-sync?", "of1 sum-offsite", "any"),
    ("entity", "why did 106 get new vacuum settings?", "pg3 sum-slowpg pg1", "any"), ("entity", "what was ttyUSB1?", "ha1 ev-zig", "any"),
    ("entity", "which kernel is home pinned to?", "ke3"), ("entity", "what happened to 115?", "rn1 rn2 sum-rename", "any"), ("entity", "what did vmbr1 get?", "ne1 sum-net", "any"),
    ("entity", "who looks after unifi?", "f-owner"), ("entity", "what was locked on 104?", "ev-lock"), ("entity", "what was restored as a drill for 108?", "re1 re2 sum-restore", "any"),
    ("entity", "when was homeassitant's replication broken?", "ev-replace"), ("entity", "what did pbs find?", "ev-pbs"), ("entity", "which nfs shares did 101 export to everyone?", "nf1"),
    # paraphrase
    ("paraphrase", "how did we free space on the root volume of pve?", "rd5 rd3 sum-rootdisk", "any"), ("paraphrase", "why was the tv jerky?", "je1 sum-jelly", "any"),
    ("paraphrase", "why did the DNS filter stop blocking?", "ph1 sum-pihole", "any"), ("paraphrase", "how did we stop notifications going to junk?", "ma2 sum-mail", "any"),
    ("paraphrase", "what did the photo hosting idea need?", "im1 im2 sum-photos", "any"), ("paraphrase", "which machine overheated?", "te1 ev-hot sum-temp", "any"),
    ("paraphrase", "why could the containers not save files though space was left?", "do1 sum-docker", "any"), ("paraphrase", "how long does the ups last?", "up1"),
    ("paraphrase", "what will we call the new server?", "na2 sum-name", "any"), ("paraphrase", "why did name lookups take so long?", "la1 sum-lag", "any"),
    ("paraphrase", "how did we speed up the transfer to the remote site?", "of2 of3 sum-offsite", "any"), ("paraphrase", "what do we do if that drive gets worse?", "zf3"),
    ("paraphrase", "how do we renew tls without opening a port?", "ce2 ce3 sum-cert", "any"), ("paraphrase", "what is the monthly bill for current?", "po1"),
    ("paraphrase", "did we ever test a recovery?", "re1 re2 sum-restore", "any"), ("paraphrase", "warum war die Oberfläche von grafana langsam?", "pg1 sum-slowpg", "any"),
    ("paraphrase", "what makes the local model quicker?", "gp1 sum-gpu", "any"), ("paraphrase", "which graphics card did we turn down?", "gp1 gp3 sum-gpu", "any"),
    # preference
    ("preference", "how do I want to be told about critical issues?", "f-crit"), ("preference", "may you restart truenas?", "f-ask"),
    ("preference", "is win11 supposed to be off?", "f-win"), ("preference", "when are nodes allowed to reboot?", "f-reboot"), ("preference", "when should you keep quiet?", "f-quiet"),
    ("preference", "what is it that I call the NAS?", "f-nas"), ("preference", "how should answers look?", "f-units"), ("preference", "which language do I want?", "f-lang"),
    ("preference", "what should you never touch during the day?", "f-never"), ("preference", "wie soll ich bei kritischen Problemen benachrichtigt werden?", "f-crit"),
    ("preference", "what is the daily limit for Claude?", "bu2 sum-budget", "any"), ("preference", "at how many pending sectors do we replace the drive?", "zf3"),
    # event
    ("event", "When was agent offline this week, and for how long?", "ev-agent ev-agent0 ao1", "any"), ("event", "when did the UPS want a new battery?", "ev-ups up1", "any"),
    ("event", "when did home reboot by itself?", "ev-home"), ("event", "when did the cluster lose quorum?", "ev-quorum"), ("event", "when was jellyfin killed?", "ev-jcrash"),
    ("event", "when did tank pass 80 %?", "ev-tank"), ("event", "when did you install updates on agent?", "ev-upd"), ("event", "how long was the power out?", "ev-power"),
    ("event", "when did the backup of truenas fail?", "ev-vzfail"), ("event", "what did you do about unifi by yourself?", "ev-night2"), ("event", "how hot did backup get?", "ev-hot te1", "any"),
    ("event", "when did the verification find a damaged chunk?", "ev-pbs"), ("event", "when was grafana migrated?", "ev-mig mi3", "any"),
    # multi
    ("multi", "what happened to pihole in all?", "ph1 la1 ev-night1"), ("multi", "what do we know about the drives of tank?", "zf1 pl2 f-disk"),
    ("multi", "which problems did postgres have?", "pg1 sn1 ev-pbs"), ("multi", "what was done on docker-host?", "do2 ev-night0"), ("multi", "what troubled node home?", "ev-home ev-homenet ke1"),
    ("multi", "what did we say about the UPS and its battery?", "up1 up2 ev-ups"), ("multi", "what do we plan for December and January?", "pl1 qu3"),
    # updated fact
    ("updated", "when do the backups run?", "f-time"), ("updated", "which router do we have?", "f-router"), ("updated", "where does Qwen run?", "f-llm"),
    ("updated", "do we have a spare disk?", "f-disk"), ("updated", "what time is the nightly backup?", "f-time"),
    # nothing there
    ("nothing", "what did we decide about Kubernetes?", ""), ("nothing", "when did the Ceph OSD fail?", ""), ("nothing", "what is the wifi password of the neighbours?", ""),
    ("nothing", "which mailserver did we choose for the church?", ""), ("nothing", "what did Thomas say about the firewall audit?", ""), ("nothing", "when did we buy the Synology?", ""),
    ("nothing", "how is the licence of VMware renewed?", ""), ("nothing", "what did we say about terraform modules?", ""), ("nothing", "did the 3D printer finish?", ""),
    ("nothing", "what is the phone number of the electrician?", ""), ("nothing", "which tape library is in use?", ""), ("nothing", "when is the birthday of my sister?", ""), ("nothing", "what did we agree on about the boat?", ""),
]

items.sort(key=lambda i: i["at"])
for index, item in enumerate(items):
    item["id"] = f"o{index + 1:03}"
here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "operations-corpus.jsonl"), "w") as out:
    for item in items:
        line = {k: v for k, v in item.items() if v is not None}
        line["at"] = item["at"].isoformat()
        out.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
with open(os.path.join(here, "operations-questions.jsonl"), "w") as out:
    for index, (kind, text, wanted, *mode) in enumerate(QUESTIONS):
        evidence = [keys[k]["id"] for k in wanted.split()]
        question = {"id": f"oq{index + 1:03}", "type": kind, "question": text, "now": NOW.isoformat(), "tz": "Europe/Berlin", "evidence": evidence}
        if mode == ["any"]:
            # One of them answers the question.
            question["any"] = True
        out.write(json.dumps(question, ensure_ascii=False, sort_keys=True) + "\n")
print(len(items), "items,", len(QUESTIONS), "questions", file=sys.stderr)
