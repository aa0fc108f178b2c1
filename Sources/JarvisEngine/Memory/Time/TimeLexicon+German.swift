extension TimeLexicon {
  static let germanWeekdays = [
    ("montag", 1), ("dienstag", 2), ("mittwoch", 3), ("donnerstag", 4), ("freitag", 5), ("samstag", 6),
    ("sonnabend", 6), ("sonntag", 7),
  ]

  static let germanParts: [String: DayPart] = [
    "morgen": .morning, "fruh": .morning, "vormittag": .morning, "mittag": .noon, "nachmittag": .afternoon,
    "abend": .evening, "nacht": .night,
  ]

  static let german: [Entry] = [
    ("heute", [.day(0)]), ("gestern", [.day(-1)]), ("vorgestern", [.day(-2)]), ("vorvorgestern", [.day(-3)]),
    ("morgen", [.day(1), .part(.morning)]), ("ubermorgen|uebermorgen", [.day(2)]),
    ("guten morgen|guten abend|gute nacht|guten tag", []),
    (
      "letzte nacht|vergangene nacht|gestern nacht|gestern in der nacht|uber nacht|ueber nacht",
      [.partOfDay(-1, .night)]
    ),
    ("vorletzte nacht", [.partOfDay(-2, .night)]), ("heute morgen|heute fruh|heute frueh", [.partOfDay(0, .morning)]),
    ("fruh|frueh|vormittag|vormittags|morgens", [.part(.morning)]), ("mittag|mittags", [.clock(720, covers: 60)]),
    ("nachmittag|nachmittags", [.part(.afternoon)]), ("abend|abends", [.part(.evening)]),
    ("nacht|nachts", [.part(.night)]), ("mitternacht", [.clock(0, covers: 60)]),

    ("sekunde", [.unit(.second, plural: false)]), ("sekunden", [.unit(.second, plural: true)]),
    ("minute", [.unit(.minute, plural: false)]), ("minuten", [.unit(.minute, plural: true)]),
    ("stunde", [.unit(.hour, plural: false)]), ("stunden|std", [.unit(.hour, plural: true)]),
    ("tag", [.unit(.day, plural: false)]), ("tage|tagen", [.unit(.day, plural: true)]),
    ("woche", [.unit(.week, plural: false)]), ("wochen", [.unit(.week, plural: true)]),
    ("kalenderwoche|kw", [.unit(.week, plural: false)]),
    ("monat|monats|monates", [.unit(.month, plural: false)]), ("monate|monaten", [.unit(.month, plural: true)]),
    ("quartal|quartals", [.unit(.quarter, plural: false)]), ("quartale|quartalen", [.unit(.quarter, plural: true)]),
    ("jahr|jahres|jahrs", [.unit(.year, plural: false)]), ("jahre|jahren", [.unit(.year, plural: true)]),
    ("wochenende|wochenendes", [.unit(.weekend, plural: false)]), ("wochenenden", [.unit(.weekend, plural: true)]),
    ("halbe stunde|halben stunde", [.amount(0.5, .hour)]), ("viertelstunde", [.amount(0.25, .hour)]),
    ("dreiviertelstunde", [.amount(0.75, .hour)]), ("anderthalb|eineinhalb", [.number(1.5)]),
    ("zweieinhalb", [.number(2.5)]), ("dreieinhalb", [.number(3.5)]),
    ("vorwoche", [.period(.week, -1)]), ("vormonat|vormonats", [.period(.month, -1)]),
    ("vorjahr|vorjahres", [.period(.year, -1)]),

    ("montag|montags", [.weekday(1)]), ("dienstag|dienstags", [.weekday(2)]), ("mittwoch|mittwochs", [.weekday(3)]),
    ("donnerstag|donnerstags", [.weekday(4)]), ("freitag|freitags", [.weekday(5)]),
    ("samstag|samstags|sonnabend", [.weekday(6)]), ("sonntag|sonntags", [.weekday(7)]),
    ("mo", [.shortWeekday(1)]), ("di", [.shortWeekday(2)]), ("mi", [.shortWeekday(3)]), ("do", [.shortWeekday(4)]),
    ("fr", [.shortWeekday(5)]), ("sa", [.shortWeekday(6)]), ("so", [.shortWeekday(7)]),
    ("januar|janner|jaenner", [.month(1)]), ("februar|feber", [.month(2)]), ("marz|maerz", [.month(3)]),
    ("mai", [.month(5)]), ("juni", [.month(6)]), ("juli", [.month(7)]), ("oktober", [.month(10)]),
    ("dezember", [.month(12)]), ("dez", [.shyMonth(12)]), ("okt", [.shyMonth(10)]),
    ("silvester", [.holiday(month: 12, day: 31)]), ("neujahr", [.holiday(month: 1, day: 1)]),
    ("heiligabend|heilig abend", [.holiday(month: 12, day: 24)]), ("weihnachten", [.holiday(month: 12, day: 25)]),

    ("ein|eine|einer|einem|einen|eines", [.number(1), .filler]), ("zwei|zwo", [.number(2)]), ("drei", [.number(3)]),
    ("vier", [.number(4)]), ("funf|fuenf", [.number(5)]), ("sechs", [.number(6)]), ("sieben", [.number(7)]),
    ("acht", [.number(8)]), ("neun", [.number(9)]), ("zehn", [.number(10)]), ("elf", [.number(11)]),
    ("zwolf|zwoelf", [.number(12)]), ("vierzehn", [.number(14)]), ("funfzehn|fuenfzehn", [.number(15)]),
    ("zwanzig", [.number(20)]), ("vierundzwanzig", [.number(24)]), ("dreissig", [.number(30)]),
    ("vierzig", [.number(40)]), ("achtundvierzig", [.number(48)]), ("sechzig", [.number(60)]),
    ("halb|halbe|halben", [.half]),
    ("erste|ersten|erstes", [.ordinal(1)]), ("zweite|zweiten|zweites", [.ordinal(2)]),
    ("dritte|dritten|drittes", [.ordinal(3)]), ("vierte|vierten|viertes", [.ordinal(4)]),

    ("letzte|letzten|letzter|letztes|letztem", [.last]),
    ("vergangene|vergangenen|vergangener|vergangenes|vergangenem|vorige|vorigen|voriger|voriges", [.last]),
    ("vorletzte|vorletzten|vorletzter|vorletztes", [.beforeLast]),
    ("diese|diesen|dieser|dieses|diesem|aktuelle|aktuellen|laufende|laufenden", [.this]),
    ("nachste|nachsten|nachster|nachstes|kommende|kommenden|naechste|naechsten", [.next]),
    ("vor", [.agoAhead, .before]), ("her", [.ago]), ("seit|ab", [.since]), ("zwischen", [.between]), ("und", [.and]),
    ("von|vom", [.from, .filler]), ("bis|bis zum|bis zur", [.to]), ("nach", [.after]),
    ("am", [.on, .filler]), ("im|wahrend|waehrend|innerhalb", [.within, .filler]), ("um|gegen", [.at, .filler]),
    ("der|die|das|den|dem|des|zum|zur", [.filler]), ("bisher", [.soFar]), ("jetzt", [.now]), ("uhr", [.clockMark]),
  ]
}
