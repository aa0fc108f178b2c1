import JarvisAPI

/// The rules that make a sentence a preference that acts.
struct PreferenceRules {
  let sentence: Sentence
  let names: NameIndex

  var preference: Preference? { offOnPurpose ?? askBefore ?? never ?? alias ?? notify }

  // MARK: Off on purpose

  private var offOnPurpose: Preference? {
    guard let purpose = sentence.place(ofAny: Self.purpose), sentence.holds(anyOf: Self.off), let guest else {
      return nil
    }
    // "not off on purpose", "off, but not on purpose", "I wonder whether": each says something else.
    let before = sentence.words[..<purpose]
    let denied = before.indices.contains { at in
      guard Self.denials.contains(before[at]) else { return false }
      return !(at + 1 < before.endIndex && ["running", "up"].contains(before[at + 1]))
    }
    guard !denied, !Self.questions.contains(sentence.words[0]) else { return nil }
    return .offOnPurpose(guest: guest)
  }

  private static let denials: Set<String> = [
    "not", "isn", "wasn", "aren", "don", "doesn", "didn", "never", "no", "whether", "if", "maybe", "perhaps", "wonder",
    "nicht", "nie", "kein", "keine", "ob", "vielleicht", "pas", "jamais", "peut", "nunca", "quiza", "quizas",
  ]
  /// A question may come without its mark.
  private static let questions: Set<String> = [
    "is", "was", "are", "why", "who", "did", "does", "ist", "war", "warum", "wer", "est", "pourquoi", "quien",
  ]

  /// The guest that a sentence says is to run again.
  var runsAgain: String? {
    guard
      sentence.holds(anyOf: [
        "should run again", "should be running", "should run", "is needed again", "should be on", "soll wieder laufen",
        "soll laufen", "doit tourner", "doit etre allume", "debe funcionar", "debe estar encendido",
      ])
    else { return nil }
    return guest
  }

  private static let purpose = [
    "on purpose", "intentionally", "deliberately", "by design", "absichtlich", "mit absicht", "gewollt", "expres",
    "volontairement", "a dessein", "a proposito", "adrede", "intencionadamente",
  ]
  private static let off = [
    "off", "stopped", "down", "shut", "not running", "aus", "ausgeschaltet", "gestoppt", "heruntergefahren", "eteint",
    "eteinte", "arrete", "arretee", "apagado", "apagada", "parado", "parada", "detenido",
  ]

  // MARK: Consent

  private var askBefore: Preference? {
    let demand = demand
    guard sentence.holds(anyOf: Self.before),
      demand.begins(with: Self.asking) || sentence.begins(with: Self.before) && sentence.holds(anyOf: Self.askingMe)
    else { return nil }
    guard tool != nil || target != nil else { return nil }
    return .askBefore(tool: tool, target: target)
  }

  private var never: Preference? {
    let demand = demand
    guard let never = demand.words.firstIndex(where: Self.nevers.contains) else { return nil }
    if never == 0 {
      // "never came back" tells; "never restart" demands.
      guard demand.words[0] != "never" || demand.words.count > 1 && Self.forbidden.contains(demand.words[1]) else {
        return nil
      }
    } else {
      // "starte … nie neu", "ne redémarre jamais …", "no reinicies nunca …".
      guard Self.imperatives.contains(demand.words[0]) else { return nil }
    }
    // "never touch X" is about every tool.
    guard let target, tool != nil || sentence.holds(anyOf: Self.touching) else { return nil }
    return .never(tool: tool, target: target)
  }

  /// The sentence without what only makes it a demand: "please", "I want you to".
  private var demand: Sentence {
    var rest = sentence
    for _ in 0..<Self.maximumLeaders {
      let text = rest.words.joined(separator: " ") + " "
      guard let leader = Self.leaders.first(where: { text.hasPrefix($0 + " ") }) else { break }
      rest = rest.dropping(leader.split(separator: " ").count)
    }
    return rest
  }

  /// "Please, from now on I want you to always …"
  private static let maximumLeaders = 4
  private static let leaders = [
    "i want you to", "i want to be", "i d like you to", "i would like you to", "you must", "you should", "you shall",
    "you are to", "you may", "from now on", "please", "remember to", "remember", "always", "jarvis", "and", "but", "so",
    "ich will dass du", "ich mochte dass du", "du sollst", "du darfst", "du musst", "ab jetzt", "ab sofort", "bitte",
    "immer", "und", "aber", "je veux que tu", "tu ne dois", "tu dois", "desormais", "dorenavant",
    "s il te plait", "s il vous plait", "toujours", "et", "mais", "quiero que", "debes", "no debes",
    "a partir de ahora",
    "por favor", "siempre", "y", "pero",
  ]
  private static let nevers = ["never", "nie", "niemals", "jamais", "nunca", "jamas"]
  /// What stands right behind "never" where something is forbidden.
  private static let forbidden = Set(
    verbs.flatMap { $0.1 } + touching + [
      "ever", "again", "delete", "remove", "turn", "power", "take", "let", "allow", "try", "run", "bring", "put",
    ])
  private static let imperatives: Set<String> = [
    "starte", "start", "fahr", "fahre", "stopp", "stoppe", "schalte", "schalt", "verschiebe", "fass", "fasse", "andere",
    "losche", "ne", "n", "no",
  ]
  private static let askingMe = ["ask me", "check with me", "frag mich", "frage mich", "demande moi", "preguntame"]

  private static let asking = [
    "ask", "asked", "ask me", "check with me", "frag", "frage", "fragen", "demande", "demandez", "demande moi",
    "pregunta",
    "preguntame", "consulta",
  ]
  private static let before = ["before", "first", "bevor", "vor", "vorher", "avant", "antes"]
  private static let touching = [
    "touch", "change", "anfassen", "anruhren", "fass", "touche", "touches", "toques", "tocar", "toca",
  ]

  /// Tools by what people call them; the guest's or the node's is told by the target.
  private var tool: String? {
    let node = target.map { names.inventory.nodes.contains($0) } ?? false
    for (name, words) in Self.verbs where words.contains(where: { word in sentence.words.contains(word) }) {
      if node { return name == "reboot_guest" ? "reboot_node" : name == "shutdown_guest" ? "shutdown_node" : name }
      return name
    }
    return nil
  }

  private static let verbs: [(String, [String])] = [
    (
      "reboot_guest",
      [
        "restart", "restarting", "reboot", "rebooting", "bounce", "neustarten", "neustartest", "neu", "neustart",
        "redemarrer", "redemarres", "redemarre", "redemarrage", "reiniciar", "reinicies", "reinicias", "reinicio",
      ]
    ),
    (
      "shutdown_guest",
      [
        "shutdown", "shut", "herunterfahren", "herunterfahrst", "ausschalten", "ausschaltest", "eteindre", "eteins",
        "eteignes", "apagar", "apagues",
      ]
    ),
    (
      "stop_guest",
      ["stop", "stopping", "kill", "stoppen", "stoppst", "arreter", "arretes", "parar", "pares", "detener"]
    ),
    (
      "migrate_guest",
      ["migrate", "migrating", "move", "moving", "verschieben", "migrieren", "deplacer", "migrer", "mover", "migrar"]
    ),
    (
      "start_guest",
      ["start", "starting", "starten", "startest", "demarrer", "demarres", "arrancar", "arranques", "iniciar"]
    ),
    ("delete_snapshot", ["snapshot", "snapshots"]),
  ]

  // MARK: Aliases

  private var alias: Preference? {
    let words = sentence.words
    if let verb = words.firstIndex(
      where: ["call", "nenn", "nenne", "appelle", "appelez", "llama", "llamale"].contains), verb <= 2
    {
      // "call truenas the NAS": the thing comes first, its new name after.
      for split in (verb + 2)..<max(verb + 2, min(words.count, verb + 5)) {
        let thing = sentence.text(from: verb + 1, upTo: split)
        let name = sentence.text(from: split, upTo: words.count)
        if let named = names.things(in: thing).first, names.things(in: name).isEmpty {
          return Self.alias(name, named[0])
        }
      }
    }
    for middle in [["i", "mean"], ["meine", "ich"], ["je", "veux", "dire"], ["me", "refiero", "a"]] {
      guard let at = words.indices.first(where: { Array(words[$0...].prefix(middle.count)) == middle }),
        let named = names.things(in: sentence.text(from: at + middle.count, upTo: words.count)).first
      else { continue }
      // "No, I mean pihole" corrects a question; it names nothing.
      guard
        let start = words[..<at].lastIndex(where: ["say", "by", "sage", "mit", "dis", "par", "digo", "con"].contains)
      else { continue }
      let end = words[..<at].last == "ich" ? at - 1 : at
      return Self.alias(sentence.text(from: start + 1, upTo: end), named[0])
    }
    return nil
  }

  private static func alias(_ name: String, _ thing: String) -> Preference? {
    var words = name.split(separator: " ")
    while let first = words.first,
      ["the", "a", "der", "die", "das", "den", "le", "la", "el", "l"].contains(first.lowercased())
    {
      words.removeFirst()
    }
    let bare = words.joined(separator: " ").lowercased()
    return bare.isEmpty || bare == thing.lowercased() ? nil : .alias(name: bare, of: thing)
  }

  // MARK: Notices

  private var notify: Preference? {
    guard demand.begins(with: Self.sending) || wishes, let channel else { return nil }
    if let severity = Self.severities.first(where: { sentence.holds(anyOf: $0.1) })?.0 {
      return .notify(severity: severity, channel: channel)
    }
    return sentence.holds(anyOf: Self.notices) ? .notify(severity: "all", channel: channel) : nil
  }

  /// "I prefer", "I want"; not "I want to know".
  private var wishes: Bool {
    guard let wish = Self.wishing.first(where: { sentence.holds($0) }), let at = sentence.place(ofAny: [wish]) else {
      return false
    }
    let rest = sentence.words[(at + wish.split(separator: " ").count)...]
    guard rest.first == "to" else { return true }
    return rest.dropFirst().first.map(["get", "be", "receive", "have", "hear"].contains) ?? false
  }

  /// The channel, where the sentence says that something comes by it: "by mail", "prefer mail"; not "the mail server".
  private var channel: String? {
    let words = sentence.words
    for (name, forms) in Self.channels {
      for at in words.indices where forms.contains(words[at]) {
        if at + 1 < words.endIndex, Self.machines.contains(words[at + 1]) { continue }
        let before = words[..<at].last { !Self.articles.contains($0) }
        if before.map(Self.links.contains) ?? false { return name }
      }
    }
    return nil
  }

  /// At the beginning of a sentence.
  private static let sending = [
    "send", "notify me", "alert me", "mail me", "use", "schick", "schicke", "melde", "benachrichtige", "envoie",
    "envoyez", "previens", "notifie", "envia", "enviame", "avisame", "notificame", "manda", "mandame",
  ]
  private static let wishing = [
    "i prefer", "i want", "i d like", "i would like", "i d rather", "i would rather", "i would prefer", "i d prefer",
    "ich bevorzuge", "ich mochte", "ich will", "ich hatte", "je prefere", "je veux", "je voudrais", "j aimerais",
    "prefiero", "quiero", "me gustaria",
  ]
  private static let articles: Set<String> = [
    "my", "the", "a", "an", "mein", "meine", "das", "ein", "eine", "le", "la", "un", "une", "mon", "ma", "el",
    "una", "mi", "e",
  ]
  private static let links: Set<String> = [
    "by", "via", "to", "per", "through", "over", "on", "as", "me", "use", "send", "prefer", "want", "like", "rather",
    "uber", "auf", "als", "bevorzuge", "mochte", "will", "lieber", "par", "sur", "prefere", "veux", "voudrais", "por",
    "al", "con", "prefiero", "quiero", "mir", "moi",
  ]
  private static let machines: Set<String> = [
    "server", "servers", "container", "vm", "guest", "node", "host", "gateway",
  ]

  private static let channels: [(String, [String])] = [
    ("mail", ["mail", "email", "e mail", "mails", "courriel", "correo", "emails"]),
    ("push", ["push", "phone", "handy"]),
    ("ntfy", ["ntfy"]), ("gotify", ["gotify"]), ("telegram", ["telegram"]), ("discord", ["discord"]),
    ("slack", ["slack"]), ("sms", ["sms"]), ("webhook", ["webhook"]),
    ("screen", ["screen", "bildschirm", "ecran", "pantalla"]),
  ]
  private static let severities: [(String, [String])] = [
    (
      "critical",
      [
        "critical", "kritisch", "kritische", "kritischen", "kritischem", "critique", "critiques", "critico", "criticos",
        "critica", "criticas", "emergencies",
      ]
    ),
    (
      "warning",
      ["warning", "warnings", "warnung", "warnungen", "avertissement", "avertissements", "advertencia", "advertencias"]
    ),
    ("info", ["info", "information", "informational", "infos", "informationen", "informacion"]),
    ("all", ["everything", "all issues", "all notices", "alles", "alle", "tout", "tous", "todo", "todos"]),
  ]
  private static let notices = [
    "issues", "notices", "notifications", "alerts", "problems", "incidents", "meldungen", "benachrichtigungen",
    "probleme",
    "alertes", "problemes", "avisos", "alertas", "problemas",
  ]

  // MARK: Targets

  /// A guest by its name, a node or a storage: the first thing that the sentence names.
  private var target: String? { names.things(in: sentence.text).first?.first }

  private var guest: String? {
    let guests = Set(names.inventory.guests.map(\.name))
    return names.things(in: sentence.text).compactMap(\.first).first(where: guests.contains)
  }
}
