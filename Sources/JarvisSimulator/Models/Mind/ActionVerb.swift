/// What a person may want done to a guest, in Proxmox's own words: a shutdown asks the guest, a stop cuts its power.
enum ActionVerb: String, Sendable, CaseIterable {
  case start, reboot, shutdown, stop

  /// The tool that does it.
  var tool: String { rawValue + "_guest" }

  /// "shut it down".
  func phrase(_ object: String) -> String {
    switch self {
    case .start: "start \(object)"
    case .reboot: "reboot \(object)"
    case .shutdown: "shut \(object) down"
    case .stop: "stop \(object)"
    }
  }

  /// The noun: "The reboot of pihole".
  var noun: String { rawValue }
}

/// How a verb shows itself in a clause: one of the heads, and with it one of the particles where there are any.
private struct VerbPattern {
  var heads: Set<String>
  var particles: Set<String> = []
  /// A second particle that must come too: "turn it off and on".
  var second: Set<String> = []
  var verb: ActionVerb

  func matches(_ words: [String], headAt index: Int) -> Bool {
    guard heads.contains(words[index]) else { return false }
    let others = words[..<index] + words[(index + 1)...]
    return (particles.isEmpty || others.contains { particles.contains($0) })
      && (second.isEmpty || others.contains { second.contains($0) })
  }

  var words: Set<String> { heads.union(particles).union(second) }
}

extension ActionVerb {
  /// In the order in which they are tried: what says more comes first. English, German, French, Spanish.
  private static let patterns: [VerbPattern] = [
    VerbPattern(heads: ["turn", "switch", "power"], particles: ["off"], second: ["on"], verb: .reboot),
    VerbPattern(heads: ["power"], particles: ["cycle"], verb: .reboot),
    VerbPattern(
      heads: ["give", "gib", "donne", "dale"],
      particles: ["kick", "restart", "reboot", "bounce", "nudge", "neustart", "redemarrage", "reinicio"], verb: .reboot),
    VerbPattern(
      heads: [
        "restart", "reboot", "bounce", "kick", "recycle", "powercycle", "cycle", "reset", "rebooten", "reboote",
        "neustarten", "neustart", "redemarre", "redemarrer", "redemarrez", "relance", "relancer", "relancez",
        "reinicia",
        "reiniciar", "reinicie", "reiniciame",
      ], verb: .reboot),
    VerbPattern(
      heads: ["starte", "start", "starten", "boote", "booten", "fahr", "fahre", "durchstarten"], particles: ["neu"],
      verb: .reboot),
    VerbPattern(heads: ["pull"], particles: ["plug"], verb: .stop),
    VerbPattern(heads: ["force", "hard"], particles: ["off", "stop", "down", "poweroff", "shutdown"], verb: .stop),
    VerbPattern(
      heads: ["turn", "switch", "power", "shut", "schalte", "schalten", "ausschalten", "abschalten"],
      particles: ["hard", "hart", "force", "forcefully", "forcibly"], verb: .stop),
    VerbPattern(
      heads: [
        "stop", "kill", "stoppe", "stopp", "stoppen", "abwurgen", "deten", "detener", "detenga", "para", "parar", "tue",
      ], verb: .stop),
    VerbPattern(
      heads: [
        "shutdown", "poweroff", "herunterfahren", "runterfahren", "ausschalten", "abschalten", "eteins", "eteindre",
        "eteignez", "arrete", "arreter", "arretez", "apaga", "apagar", "apague", "apagues",
      ], verb: .shutdown),
    VerbPattern(heads: ["shut", "power"], particles: ["down"], verb: .shutdown),
    VerbPattern(heads: ["turn", "switch", "power"], particles: ["off"], verb: .shutdown),
    VerbPattern(heads: ["take", "bring", "wind"], particles: ["down", "offline"], verb: .shutdown),
    VerbPattern(heads: ["fahr", "fahre", "fahren"], particles: ["herunter", "runter"], verb: .shutdown),
    VerbPattern(
      heads: ["schalte", "schalt", "schalten", "mach", "mache"], particles: ["aus", "ab"], verb: .shutdown),
    VerbPattern(
      heads: [
        "start", "boot", "launch", "wake", "starte", "starten", "boote", "booten", "hochfahren", "einschalten",
        "anschalten", "demarre", "demarrer", "demarrez", "allume", "allumer", "allumez", "lance", "lancer", "arranca",
        "arrancar", "arranque", "enciende", "encender", "encienda", "inicia", "iniciar", "inicie", "prende", "levanta",
      ], verb: .start),
    VerbPattern(heads: ["turn", "switch", "power"], particles: ["on"], verb: .start),
    VerbPattern(
      heads: ["bring", "fire", "spin", "power", "start"], particles: ["up", "back", "online"], verb: .start),
    VerbPattern(heads: ["get"], particles: ["running", "going", "online"], verb: .start),
    VerbPattern(heads: ["fahr", "fahre", "fahren"], particles: ["hoch"], verb: .start),
    VerbPattern(heads: ["schalte", "schalt", "schalten", "mach", "mache"], particles: ["ein", "an"], verb: .start),
  ]

  /// Every word that a pattern knows: none of them is a name.
  static let vocabulary: Set<String> = patterns.reduce(into: []) { $0.formUnion($1.words) }

  /// The verb whose head stands at `index` of a clause.
  static func read(_ words: [String], headAt index: Int) -> ActionVerb? {
    patterns.first { $0.matches(words, headAt: index) }?.verb
  }
}
