import JarvisAPI

/// The rules that make a sentence a preference that acts.
struct PreferenceRules {
  let sentence: Sentence
  let names: NameIndex

  var preference: Preference? { offOnPurpose ?? askBefore ?? never ?? alias ?? notify }

  // MARK: Off on purpose

  private var offOnPurpose: Preference? {
    guard sentence.holds(anyOf: Self.purpose), sentence.holds(anyOf: Self.off), let guest else { return nil }
    return .offOnPurpose(guest: guest)
  }

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
    guard sentence.holds(anyOf: Self.asking), sentence.holds(anyOf: Self.before) else { return nil }
    guard tool != nil || target != nil else { return nil }
    return .askBefore(tool: tool, target: target)
  }

  private var never: Preference? {
    guard sentence.holds(anyOf: ["never", "nie", "niemals", "jamais", "nunca", "jamas"]) else { return nil }
    // "never touch X" is about every tool.
    guard let target, tool != nil || sentence.holds(anyOf: Self.touching) else { return nil }
    return .never(tool: tool, target: target)
  }

  private static let asking = [
    "ask", "ask me", "check with me", "frag", "frage", "fragen", "demande", "demandez", "demande moi", "pregunta",
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
      let start =
        words[..<at].lastIndex(where: ["say", "by", "sage", "mit", "dis", "par", "digo", "con"].contains) ?? -1
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
    guard sentence.holds(anyOf: Self.telling),
      let channel = Self.channels.first(where: { sentence.holds(anyOf: $0.1) })?.0
    else { return nil }
    if let severity = Self.severities.first(where: { sentence.holds(anyOf: $0.1) })?.0 {
      return .notify(severity: severity, channel: channel)
    }
    return sentence.holds(anyOf: Self.notices) ? .notify(severity: "all", channel: channel) : nil
  }

  private static let telling = [
    "prefer", "prefers", "want", "wants", "like", "send", "notify", "tell", "alert", "use", "bevorzuge", "bevorzugt",
    "lieber",
    "mochte", "will", "schick", "schicke", "melde", "benachrichtige", "prefere", "veux", "voudrais", "envoie",
    "previens",
    "notifie", "prefiero", "prefiere", "quiero", "envia", "enviame", "avisame", "notificame", "manda",
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
