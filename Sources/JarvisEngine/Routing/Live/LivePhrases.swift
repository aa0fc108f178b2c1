import Foundation

/// The clear questions, word for word, in the operator's languages.
///
/// `<guest>`, `<node>`, `<storage>` stand for one name of the inventory; `(a|b|)` for any one of them.
enum LivePhrases {
  enum Kind: Sendable { case status, nodes, running, stopped, guest, node, storage, today, week, month }

  /// Words that change nothing.
  static let fillers: Set<UInt64> = Set(
    [
      "please", "jarvis", "hey", "hi", "hello", "hallo", "bonjour", "hola", "right", "now", "currently", "bitte", "mal",
      "gerade", "jetzt", "denn", "eigentlich", "stp", "maintenant", "actuellement", "ahora", "favor", "still", "noch",
      "encore", "ok", "actually", "the", "der", "die", "le", "la", "el", "guest", "node", "storage", "pool", "so",
      "also",
      "container", "vm",
    ].map { Hash64($0).value })

  static let stands: [(UInt32, UInt64)] = [
    (NameIndex.Kind.guest, Hash64("<guest>").value), (NameIndex.Kind.vmid, Hash64("<guest>").value),
    (NameIndex.Kind.node, Hash64("<node>").value), (NameIndex.Kind.storage, Hash64("<storage>").value),
  ]

  static let table: [UInt64: Kind] = {
    var table: [UInt64: Kind] = [:]
    for (kind, phrases) in all {
      for phrase in phrases {
        for variant in expand(phrase) {
          let hashes = variant.split(separator: " ").flatMap { word in
            word.hasPrefix("<") ? [Hash64(String(word)).value] : MessageText(String(word)).words.map(\.hash)
          }.filter { !fillers.contains($0) }
          if !hashes.isEmpty { table[key(hashes)] = kind }
        }
      }
    }
    return table
  }()

  static func key(_ words: [UInt64]) -> UInt64 {
    var hash = Hash64()
    for word in words { hash.add(word) }
    return hash.value
  }

  /// Every text that a phrase with `(a|b)` stands for.
  static func expand(_ phrase: String) -> [String] {
    guard let open = phrase.firstIndex(of: "("), let close = phrase[open...].firstIndex(of: ")") else {
      return [phrase]
    }
    let (before, after) = (phrase[..<open], phrase[phrase.index(after: close)...])
    return phrase[phrase.index(after: open)..<close].split(separator: "|", omittingEmptySubsequences: false)
      .flatMap { option in expand(String(before) + String(option) + String(after)) }
  }

  private static let all: [(Kind, [String])] = [
    (
      .status,
      [
        "(cluster|) (status|health|overview)", "status of (my|our|) cluster", "what s (my|our|) cluster status",
        "is (everything|all|it all) (okay|fine|good|alright|up|running|healthy|green)", "is everything",
        "everything (okay|fine|good)",
        "all (good|fine|okay|green)", "are we (good|fine)", "how is (my|our|) cluster (doing|)",
        "how s (my|our|) cluster (doing|)",
        "is (my|our|) cluster (okay|up|fine|healthy)", "are all guests and nodes up",
        "alles (in ordnung|gut|klar|gesund|grun|)", "ist alles (in ordnung|gut|gesund|grun|)", "lauft alles",
        "geht alles",
        "wie geht es dem cluster", "wie geht s dem cluster", "cluster (zustand|lage)", "zustand",
        "(est-ce que|) tout (va bien|tourne|marche|fonctionne)", "tout est (en ordre|bon|)", "etat (du cluster|)",
        "statut (du cluster|)",
        "comment va cluster", "(esta|va) todo (bien|en orden|correcto|)", "todo (bien|en orden)",
        "estado (del cluster|)",
        "como esta cluster", "tutto bene", "va tutto bene", "stato (del cluster|)", "alles goed", "is alles goed",
        "tudo bem com o cluster",
        "esta tudo bem",
      ]
    ),
    (
      .nodes,
      [
        "are (all|) (my|our|) nodes (up|online|okay|running|fine)",
        "(which|what) nodes are (up|online|down|offline|there)",
        "is (any|a) (down|offline)", "are any nodes (down|offline)", "nodes",
        "how many nodes are (up|online|down|offline)",
        "sind alle knoten (online|da|oben|erreichbar|)", "welche knoten sind (online|offline|da)", "laufen alle knoten",
        "tous les nœuds sont en ligne", "(est-ce que|) tous les noeuds sont en ligne",
        "quels noeuds sont (hors ligne|en ligne)",
        "estan todos los nodos en linea", "que nodos estan (en linea|caidos)",
      ]
    ),
    (
      .running,
      [
        "how many (guests|vms|containers and vms) are (running|up)", "(which|what) guests are (running|up)",
        "what is running", "what s running",
        "wie viele gaste laufen", "welche gaste laufen", "was lauft", "combien (d invites|de vm) tournent",
        "quels invites tournent",
        "cuantos invitados (estan corriendo|corren)", "que invitados estan corriendo", "que esta corriendo",
      ]
    ),
    (
      .stopped,
      [
        "(which|what) (guests|vms and containers) are (stopped|down|off|not running|offline)",
        "(what|who) is (stopped|not running)",
        "is anything (stopped|down)", "anything (stopped|down)", "how many guests are (stopped|down|not running)",
        "list stopped guests",
        "welche gaste (laufen nicht|sind aus|sind gestoppt|stehen)", "was lauft nicht", "was ist aus",
        "wie viele gaste laufen nicht",
        "quels (invites|vm) (sont arretes|ne tournent pas|sont arretees)", "qu est-ce qui est arrete",
        "que invitados (estan parados|no estan corriendo|estan apagados)", "que esta parado",
      ]
    ),
    (
      .guest,
      [
        "is <guest> (running|up|online|on|alive|started|stopped|down|off)", "<guest> (status|running|up)",
        "status (of|) <guest>",
        "what is <guest> (doing|up to)", "what s <guest> (doing|up to)", "how is <guest> (doing|)",
        "how s <guest> (doing|)",
        "is <guest> up and running", "lauft <guest>", "ist <guest> (an|online|oben|aus|gestartet)", "was macht <guest>",
        "was treibt <guest>", "wie geht es <guest>", "status von <guest>",
        "(est-ce que|) <guest> (tourne|est en ligne|est allume|est demarre|est arrete)",
        "<guest> tourne-t-il", "que fait <guest>", "etat de <guest>",
        "esta <guest> (funcionando|encendido|en linea|corriendo|activo|apagado|parado)",
        "esta (funcionando|encendido|en linea|corriendo|activo) <guest>",
        "<guest> esta (funcionando|encendido|en linea|corriendo|activo|apagado|parado)",
        "que (hace|esta haciendo) <guest>", "estado de <guest>",
        "<guest> (gira|e acceso)", "cosa fa <guest>", "draait <guest>", "o <guest> esta rodando",
      ]
    ),
    (
      .node,
      [
        "is <node> (up|online|running|offline|down|on)", "<node> status", "status (of|) <node>",
        "how is <node> (doing|)", "how s <node> (doing|)",
        "what is <node> (doing|up to)", "ist <node> (online|da|oben|an|offline|aus|erreichbar)", "lauft <node>",
        "was macht <node>",
        "wie geht es <node>", "status von <node>", "(est-ce que|) <node> est (en ligne|allume|hors ligne)",
        "etat de <node>",
        "esta <node> (en linea|encendido|caido)", "estado de <node>",
      ]
    ),
    (
      .storage,
      [
        "how full is <storage>", "how (much|many) (space|room|storage|free space) is (left|free) on <storage>",
        "how much (space|room) (do we have|does <storage> have|is there) (left|) (on|in) <storage>",
        "<storage> (usage|space|status)",
        "(usage|status) of <storage>", "is <storage> full", "how much is free on <storage>", "free space on <storage>",
        "wie voll ist <storage>", "ist <storage> voll", "wie viel (platz|speicher) ist (frei|) auf <storage> (frei|)",
        "wieviel (platz|speicher) ist (frei|) auf <storage> (frei|)",
        "<storage> est (rempli a combien|plein|plein a combien)",
        "(quelle place|combien de place|combien d espace) reste-t-il sur <storage>", "est-ce que <storage> est plein",
        "(que tan|como de) lleno esta <storage>", "cuanto (espacio|sitio) (queda|hay) (libre|) en <storage>",
        "esta lleno <storage>",
        "quanto e pieno <storage>", "hoe vol is <storage>", "quanto espaco (resta|sobra) (no|em) <storage>",
      ]
    ),
    (.today, spend("today", "heute", "aujourd hui", "hoy")),
    (.week, spend("this week", "diese woche", "cette semaine", "esta semana")),
    (.month, spend("this month", "diesen monat", "ce mois-ci", "este mes")),
  ]

  private static func spend(_ english: String, _ german: String, _ french: String, _ spanish: String) -> [String] {
    [
      "(what|how much) (did|have) (we|i|you) (spend|spent) \(english)", "what did \(english) cost",
      "(spend|spending|cost|costs) \(english)", "what s (my|our|up with my|) (spend|spending) \(english)",
      "what is (my|our) (spend|spending) \(english)",
      "(was|wie viel|wieviel) (haben wir|habe ich|hast du) \(german) (ausgegeben|verbraucht)",
      "(kosten|ausgaben) \(german)",
      "was hat \(german) gekostet", "combien (avons-nous|a-t-on|ai-je|as-tu) depense \(french)",
      "(depenses|cout) \(french)", "cuanto (hemos|he|has) gastado \(spanish)", "cuanto gastamos \(spanish)",
      "gastos? \(spanish)",
    ].map { $0.replacingOccurrences(of: "?", with: "") }
  }
}
