import JarvisShell

extension ShellClassifier {
  /// The verdict as a person is told it: what a command destroys comes first, that Jarvis itself is part of it after that.
  ///
  /// Whatever holds what Jarvis lives on is BLACK for that alone; `rm -rf /` is so without it, and that it would take
  /// Jarvis along is the least of it.
  public static func explain(_ command: String, in context: ShellContext = ShellContext()) -> ShellVerdict {
    explain(bytes: Array(command.utf8), in: context)
  }

  /// The same for bytes, which need not be UTF-8.
  public static func explain(bytes: [UInt8], in context: ShellContext = ShellContext()) -> ShellVerdict {
    let verdict = ShellClassifier(context: context).classify(bytes: bytes)
    guard verdict.rule.hasPrefix("protected.") else { return verdict }
    let bare = ShellContext(protectedPaths: [], protectedGuests: [], protectedServices: [])
    let other = ShellClassifier(context: bare).classify(bytes: bytes)
    guard other.tier >= verdict.tier else { return verdict }
    var told = verdict
    (told.rule, told.reason) = (other.rule, "\(other.reason); besides, \(verdict.reason)")
    if !other.wouldChange.isEmpty { told.wouldChange = other.wouldChange }
    told.parts = verdict.parts.enumerated().map { index, part in
      guard part.rule.hasPrefix("protected."), index < other.parts.count, other.parts[index].text == part.text,
        other.parts[index].tier >= part.tier
      else { return part }
      var both = other.parts[index]
      both.reason += "; besides, " + part.reason
      return both
    }
    return told
  }
}
