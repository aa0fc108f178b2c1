#!/usr/bin/env python3
"""Writes time.jsonl: expressions of time with what they mean, worked out by hand from the conventions in docs/memory.md.

Times are those on the wall of the named zone; the script only turns them into moments. It shares nothing with the parser.
"""
import datetime as dt, json, os, sys
from zoneinfo import ZoneInfo

BERLIN = "Europe/Berlin"
cases = []


def moment(text, zone):
    """"11-17" or "11-17 05:00" or "2025-12-31 18:00" as a moment; the year is 2026 where none is named."""
    day, _, clock = text.partition(" ")
    parts = [int(p) for p in day.split("-")]
    if len(parts) == 2:
        parts = [2026] + parts
    seconds = [int(p) for p in (clock or "00:00").split(":")]
    hour, minute, second = (seconds + [0])[:3]
    day = dt.datetime(*parts, tzinfo=ZoneInfo(zone))
    if hour == 24:
        day, hour = dt.datetime(*(day.date() + dt.timedelta(days=1)).timetuple()[:3], tzinfo=ZoneInfo(zone)), 0
    return day.replace(hour=hour, minute=minute, second=second)


def add(now, rows, zone=BERLIN):
    for row in rows:
        text, start = row[0], row[1]
        case = {"id": f"t{len(cases) + 1:03}", "text": text, "now": moment(now, zone).isoformat(), "tz": zone}
        if start is None:
            case.update({"from": None, "to": None})
        else:
            begin = moment(start, zone)
            if len(row) > 2:
                end = moment(now if row[2] == "now" else row[2], zone)
            else:
                end = dt.datetime(*(begin.date() + dt.timedelta(days=1)).timetuple()[:3], tzinfo=ZoneInfo(zone))
            case.update({"from": begin.isoformat(), "to": end.isoformat()})
        cases.append(case)


# Wednesday, 18 November 2026, half past three in the afternoon.
NOW = "11-18 15:30"
add(NOW, [
    # English: days
    ("what happened today?", "11-18"), ("What did we discuss yesterday about pve's disk?", "11-17"),
    ("the day before yesterday", "11-16"), ("what is planned for tomorrow", "11-19"),
    ("last Tuesday", "11-17"), ("last Wednesday", "11-11"), ("When was agent offline last Thursday?", "11-12"),
    ("on Monday", "11-16"), ("what did we do on Friday?", "11-13"), ("Tuesday", "11-17"), ("this Monday", "11-16"),
    ("this Friday", "11-20"), ("Monday last week", "11-09"), ("last week on Thursday", "11-12"),
    ("Tuesday of last week", "11-10"), ("last week's Friday", "11-13"), ("on Sun", "11-15"), ("since Mon", "11-16", "now"),
    # English: parts of days
    ("yesterday morning", "11-17 05:00", "11-17 12:00"), ("yesterday afternoon", "11-17 12:00", "11-17 18:00"),
    ("yesterday evening", "11-17 18:00", "11-17 24:00"), ("last night", "11-17 18:00", "11-18 06:00"),
    ("what did you do on your own last night?", "11-17 18:00", "11-18 06:00"),
    ("the night before last", "11-16 18:00", "11-17 06:00"), ("this morning", "11-18 05:00", "11-18 12:00"),
    ("this afternoon", "11-18 12:00", "11-18 18:00"), ("tonight", "11-18 18:00", "11-19 06:00"),
    ("on Monday evening", "11-16 18:00", "11-16 24:00"), ("Sunday night", "11-15 18:00", "11-16 06:00"),
    ("last Friday morning", "11-13 05:00", "11-13 12:00"), ("in the morning of 10 November", "11-10 05:00", "11-10 12:00"),
    # English: clock times
    ("yesterday at 3 pm", "11-17 15:00", "11-17 16:00"), ("yesterday at 14:30", "11-17 14:30", "11-17 14:31"),
    ("at 9am on Monday", "11-16 09:00", "11-16 10:00"), ("today between 8:00 and 10:00", "11-18 08:00", "11-18 10:00"),
    ("yesterday from 2 to 4 pm", "11-17 14:00", "11-17 16:00"), ("since 8 am", "11-18 08:00", "now"),
    ("yesterday at noon", "11-17 12:00", "11-17 13:00"), ("since midnight", "11-18", "now"),
    ("between 14:00 and 16:00 on Monday", "11-16 14:00", "11-16 16:00"),
    # English: weeks, months, years
    ("last week", "11-09", "11-16"), ("When was agent offline last week, and for how long?", "11-09", "11-16"),
    ("this week", "11-16", "11-23"), ("the week before last", "11-02", "11-09"), ("last weekend", "11-14", "11-16"),
    ("at the weekend", "11-14", "11-16"), ("last month", "10-01", "11-01"), ("this month", "11-01", "12-01"),
    ("the month before last", "09-01", "10-01"), ("last year", "2025-01-01", "2026-01-01"),
    ("this year", "01-01", "2027-01-01"), ("last quarter", "07-01", "10-01"), ("in Q3", "07-01", "10-01"),
    ("Q4 2025", "2025-10-01", "2026-01-01"), ("the second quarter", "04-01", "07-01"), ("week 45", "11-02", "11-09"),
    ("the week of 3 November", "11-02", "11-09"), ("in March", "03-01", "04-01"),
    ("what did we change in December?", "2025-12-01", "2026-01-01"), ("in November", "11-01", "12-01"),
    ("last November", "2025-11-01", "2025-12-01"), ("in May", "05-01", "06-01"), ("March 2025", "2025-03-01", "2025-04-01"),
    ("in September of last year", "2025-09-01", "2025-10-01"), ("in 2025", "2025-01-01", "2026-01-01"),
    # English: dates
    ("on 5 November", "11-05"), ("on November 5th", "11-05"), ("the 5th of November", "11-05"), ("on Nov 5", "11-05"),
    ("25 December", "2025-12-25"), ("on 12 March 2025", "2025-03-12"), ("March 12, 2025", "2025-03-12"),
    ("2026-11-05", "11-05"), ("on 2025-12-31", "2025-12-31"), ("11/20", "2025-11-20"), ("13/10/2026", "10-13"),
    ("on the 3rd", "11-03"), ("on the 25th", "10-25"), ("the 15th of last month", "10-15"),
    ("Monday, 9 November", "11-09"), ("on Christmas", "2025-12-25"), ("2026-10", "10-01", "11-01"),
    ("2026-11-05T14:30", "11-05 14:30", "11-05 14:31"),
    # English: lengths
    ("past 3 days", "11-15 15:30", "now"), ("in the last 24 hours", "11-17 15:30", "now"),
    ("over the past week", "11-11 15:30", "now"), ("last 2 weeks", "11-04 15:30", "now"), ("the last hour", "11-18 14:30", "now"),
    ("past 90 minutes", "11-18 14:00", "now"), ("in the past month", "10-18 15:30", "now"),
    ("the last three months", "08-18 15:30", "now"), ("last 48h", "11-16 15:30", "now"),
    ("within the last half hour", "11-18 15:00", "now"), ("the past two years", "2024-11-18 15:30", "now"),
    ("two hours ago", "11-18 13:00", "11-18 14:00"), ("an hour ago", "11-18 14:15", "11-18 14:45"),
    ("20 minutes ago", "11-18 15:05", "11-18 15:15"), ("three days ago", "11-14 21:30", "11-16 09:30"),
    ("4 days ago", "11-13 15:30", "11-15 15:30"), ("a week ago", "11-09 21:30", "11-13 09:30"),
    ("2 weeks ago", "11-01 03:30", "11-08 03:30"), ("half an hour ago", "11-18 14:52:30", "11-18 15:07:30"),
    ("a couple of hours ago", "11-18 13:00", "11-18 14:00"), ("an hour and a half ago", "11-18 13:37:30", "11-18 14:22:30"),
    ("4h ago", "11-18 10:30", "11-18 12:30"), ("a week ago today", "11-11"),
    # English: ends
    ("since Monday", "11-16", "now"), ("since yesterday", "11-17", "now"), ("since last week", "11-09", "now"),
    ("since 1 November", "11-01", "now"), ("since yesterday evening", "11-17 18:00", "now"), ("since March", "03-01", "now"),
    ("since 2025", "2025-01-01", "now"), ("since this morning", "11-18 05:00", "now"),
    ("between Monday and Wednesday", "11-16", "11-19"), ("between Thursday and Saturday", "11-12", "11-15"),
    ("from Friday to Sunday", "11-13", "11-16"), ("between last Monday and yesterday", "11-16", "11-18"),
    ("between 3 and 5 November", "11-03", "11-06"), ("from 28 October to 2 November", "10-28", "11-03"),
    ("between March and May", "03-01", "06-01"), ("from Monday until now", "11-16", "now"),
    ("between yesterday morning and yesterday evening", "11-17 05:00", "11-17 24:00"),
    ("Monday to Tuesday", "11-16", "11-18"), ("after Monday", "11-17", "now"), ("earlier this week", "11-16", "now"),
    ("earlier today", "11-18", "now"),
    # English: nothing
    ("what do you know about pve?", None), ("a while ago", None), ("recently", None), ("the other day", None),
    ("a few days ago", None), ("in the last few weeks", None), ("may I restart 101?", None), ("the last backup", None),
    ("good morning", None), ("is the sun node up", None), ("restart vm-101-disk-0", None), ("what runs on 10.0.0.5?", None),
    ("some time before the reboot", None), ("every Monday morning at dawn-ish o'clock perhaps", "11-16 05:00", "11-16 12:00"),
    ("03/04", None), ("on 31 February", None), ("when the moon is full", None), ("back then", None), ("march on to the next node", None),
    ("does storage 5 work?", None), ("second node", None), ("one day", None), ("long ago", None), ("", None), ("???", None),
    # German
    ("gestern", "11-17"), ("Was war heute los?", "11-18"), ("vorgestern", "11-16"), ("Was ist hier los?", None),
    ("letzten Dienstag", "11-17"), ("am Montag", "11-16"), ("am Mittwoch letzter Woche", "11-11"),
    ("gestern Morgen", "11-17 05:00", "11-17 12:00"), ("gestern Nachmittag", "11-17 12:00", "11-17 18:00"),
    ("gestern Abend", "11-17 18:00", "11-17 24:00"), ("letzte Nacht", "11-17 18:00", "11-18 06:00"),
    ("heute Morgen", "11-18 05:00", "11-18 12:00"), ("heute früh", "11-18 05:00", "11-18 12:00"),
    ("am Montagabend", "11-16 18:00", "11-16 24:00"), ("Dienstagmorgen", "11-17 05:00", "11-17 12:00"),
    ("letzte Woche", "11-09", "11-16"), ("diese Woche", "11-16", "11-23"), ("vorletzte Woche", "11-02", "11-09"),
    ("in der Vorwoche", "11-09", "11-16"), ("letztes Wochenende", "11-14", "11-16"), ("letzten Monat", "10-01", "11-01"),
    ("vergangenes Jahr", "2025-01-01", "2026-01-01"), ("in KW 45", "11-02", "11-09"), ("im März", "03-01", "04-01"),
    ("im Oktober letzten Jahres", "2025-10-01", "2025-11-01"), ("am 5. November", "11-05"), ("am 05.11.2026", "11-05"),
    ("am 5.11.", "11-05"), ("am 24.12.", "2025-12-24"), ("in den letzten 3 Tagen", "11-15 15:30", "now"),
    ("in den letzten zwei Wochen", "11-04 15:30", "now"), ("in der letzten Stunde", "11-18 14:30", "now"),
    ("vor zwei Stunden", "11-18 13:00", "11-18 14:00"), ("vor einer Woche", "11-09 21:30", "11-13 09:30"),
    ("heute vor einer Woche", "11-11"), ("vor einer halben Stunde", "11-18 14:52:30", "11-18 15:07:30"),
    ("seit Montag", "11-16", "now"), ("seit gestern Abend", "11-17 18:00", "now"), ("seit drei Tagen", "11-15 15:30", "now"),
    ("zwischen Montag und Mittwoch", "11-16", "11-19"), ("von Freitag bis Sonntag", "11-13", "11-16"),
    ("vom 3. bis 5. November", "11-03", "11-06"), ("gestern um 14 Uhr", "11-17 14:00", "11-17 15:00"),
    ("gestern zwischen 8 und 10 Uhr", "11-17 08:00", "11-17 10:00"), ("vor ein paar Tagen", None), ("neulich", None),
    ("guten Morgen", None), ("in letzter Zeit", None), ("im dritten Quartal", "07-01", "10-01"),
    # French
    ("hier", "11-17"), ("Qu'avons-nous dit hier sur le disque de pve ?", "11-17"), ("aujourd'hui", "11-18"),
    ("avant-hier", "11-16"), ("mardi dernier", "11-17"), ("lundi", "11-16"), ("jeudi de la semaine dernière", "11-12"),
    ("hier matin", "11-17 05:00", "11-17 12:00"), ("hier après-midi", "11-17 12:00", "11-17 18:00"),
    ("hier soir", "11-17 18:00", "11-17 24:00"), ("la nuit dernière", "11-17 18:00", "11-18 06:00"),
    ("ce matin", "11-18 05:00", "11-18 12:00"), ("lundi soir", "11-16 18:00", "11-16 24:00"),
    ("la semaine dernière", "11-09", "11-16"), ("cette semaine", "11-16", "11-23"), ("le week-end dernier", "11-14", "11-16"),
    ("le mois dernier", "10-01", "11-01"), ("l'année dernière", "2025-01-01", "2026-01-01"), ("l'an dernier", "2025-01-01", "2026-01-01"),
    ("en mars", "03-01", "04-01"), ("en août 2025", "2025-08-01", "2025-09-01"), ("le 5 novembre", "11-05"),
    ("le 1er novembre", "11-01"), ("le 05/11/2026", "11-05"), ("les 3 derniers jours", "11-15 15:30", "now"),
    ("ces deux dernières semaines", "11-04 15:30", "now"), ("les dernières 24 heures", "11-17 15:30", "now"),
    ("il y a deux heures", "11-18 13:00", "11-18 14:00"), ("il y a une semaine", "11-09 21:30", "11-13 09:30"),
    ("il y a une demi-heure", "11-18 14:52:30", "11-18 15:07:30"), ("depuis lundi", "11-16", "now"),
    ("depuis hier soir", "11-17 18:00", "now"), ("depuis 3 jours", "11-15 15:30", "now"),
    ("entre lundi et mercredi", "11-16", "11-19"), ("du 3 au 5 novembre", "11-03", "11-06"), ("de vendredi à dimanche", "11-13", "11-16"),
    ("hier à 14h", "11-17 14:00", "11-17 15:00"), ("hier à 14h30", "11-17 14:30", "11-17 14:31"),
    ("l'autre jour", None), ("il y a quelques jours", None), ("ces derniers jours", None), ("le dernier redémarrage", None),
    # Spanish
    ("ayer", "11-17"), ("¿Qué pasó ayer con el disco de pve?", "11-17"), ("hoy", "11-18"), ("anteayer", "11-16"),
    ("el martes pasado", "11-17"), ("el lunes", "11-16"), ("el jueves de la semana pasada", "11-12"),
    ("ayer por la mañana", "11-17 05:00", "11-17 12:00"), ("ayer por la tarde", "11-17 12:00", "11-17 18:00"),
    ("anoche", "11-17 18:00", "11-18 06:00"), ("esta mañana", "11-18 05:00", "11-18 12:00"),
    ("la semana pasada", "11-09", "11-16"), ("esta semana", "11-16", "11-23"), ("el fin de semana pasado", "11-14", "11-16"),
    ("el mes pasado", "10-01", "11-01"), ("el año pasado", "2025-01-01", "2026-01-01"), ("en marzo", "03-01", "04-01"),
    ("en octubre del año pasado", "2025-10-01", "2025-11-01"), ("el 5 de noviembre", "11-05"),
    ("el 12 de marzo de 2025", "2025-03-12"), ("los últimos 3 días", "11-15 15:30", "now"),
    ("en las últimas 24 horas", "11-17 15:30", "now"), ("las dos últimas semanas", "11-04 15:30", "now"),
    ("hace dos horas", "11-18 13:00", "11-18 14:00"), ("hace una semana", "11-09 21:30", "11-13 09:30"),
    ("hace media hora", "11-18 14:52:30", "11-18 15:07:30"), ("desde el lunes", "11-16", "now"),
    ("desde ayer", "11-17", "now"), ("desde hace tres días", "11-15 15:30", "now"), ("entre el lunes y el miércoles", "11-16", "11-19"),
    ("del 3 al 5 de noviembre", "11-03", "11-06"), ("de viernes a domingo", "11-13", "11-16"),
    ("ayer a las 3 de la tarde", "11-17 15:00", "11-17 16:00"), ("ayer a las 14:30", "11-17 14:30", "11-17 14:31"),
    ("mañana", "11-19"), ("el otro día", None), ("hace poco", None), ("hace unos días", None), ("buenos días", None),
])
# The edges: a Monday morning, New Year's Day, both changes of the clock, a leap day, other zones.
add("11-16 00:30", [("last Monday", "11-09"), ("on Monday", "11-16"), ("last week", "11-09", "11-16"), ("yesterday", "11-15"),
                    ("last night", "11-15 18:00", "11-16 06:00"), ("this week", "11-16", "11-23")])
add("2026-01-01 09:00", [("yesterday", "2025-12-31"), ("last month", "2025-12-01", "2026-01-01"), ("last week", "2025-12-22", "2025-12-29"),
                         ("this week", "2025-12-29", "2026-01-05"), ("last year", "2025-01-01", "2026-01-01"),
                         ("last night", "2025-12-31 18:00", "2026-01-01 06:00"), ("in January", "2026-01-01", "2026-02-01"),
                         ("letzte Woche", "2025-12-22", "2025-12-29"), ("week 1", "2025-12-29", "2026-01-05"),
                         ("last quarter", "2025-10-01", "2026-01-01"), ("on 31 December", "2025-12-31")])
add("2026-10-25 12:00", [("today", "2026-10-25", "2026-10-26"), ("last night", "2026-10-24 18:00", "2026-10-25 06:00"),
                         ("past 24 hours", "2026-10-24 13:00", "now"), ("this week", "2026-10-19", "2026-10-26")])
add("2026-03-29 12:00", [("today", "2026-03-29", "2026-03-30"), ("past 24 hours", "2026-03-28 11:00", "now"),
                         ("this morning", "2026-03-29 05:00", "2026-03-29 12:00")])
add("2028-02-29 10:00", [("a year ago today", "2027-02-28"), ("last month", "2028-01-01", "2028-02-01"), ("on 29 February", "2028-02-29")])
add("2027-03-01 10:00", [("on 29 February", "2024-02-29"), ("yesterday", "2027-02-28")])
add("2026-11-18 23:30", [("today", "11-18"), ("yesterday", "11-17"), ("last night", "11-17 18:00", "11-18 06:00")], "America/New_York")
add("2026-11-18 05:30", [("yesterday", "11-17"), ("this morning", "11-18 05:00", "11-18 12:00")], "Asia/Kolkata")
add("2026-09-06 10:00", [("today", "2026-09-06", "2026-09-07")], "America/Santiago")

target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "time.jsonl")
with open(target, "w") as out:
    for case in cases:
        out.write(json.dumps(case, ensure_ascii=False, sort_keys=True) + "\n")
print(len(cases), "cases", file=sys.stderr)
