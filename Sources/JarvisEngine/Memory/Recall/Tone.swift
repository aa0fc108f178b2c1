/// Whether a line tells of trouble, of its end, or of everyday routine, by its words.
enum Tone {
  /// What has gone wrong.
  static let trouble = Thesaurus.hashes(of: troubleWords)
  /// What is well again: the second half of a pair.
  static let relief = Thesaurus.hashes(of: reliefWords)
  /// What happens every night and is as it should be.
  static let routine = Thesaurus.hashes(of: "ok finished passed available fine normal successful right runs online")

  static let troubleWords = """
    failed fails failure error errors slow full lost dead damaged broken broke killed offline unreachable down crash crashed
    locked refused expired hang stuck oom degraded unexpected unexpectedly warning critical overheated hot noise missing
    corrupt inconsistent reallocated pending timeout rejected stutter worn fault faulty outage swaps drops kaputt defekt
    fehlgeschlagen langsam voll ausgefallen panne erreur echoue lent plein perdu fallo error lento lleno caido perdido
    """
  static let reliefWords = """
    again back online recovered recovery up resolved restored cleared normal repaired fixed wieder behoben retabli repare
    recuperado resuelto
    """

  static func isRoutine(_ stems: Stems) -> Bool {
    stems.hashes.contains(where: routine.contains) && !stems.hashes.contains(where: trouble.contains)
  }
}
