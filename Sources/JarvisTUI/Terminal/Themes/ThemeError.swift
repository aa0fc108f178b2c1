/// One thing wrong in a theme file.
public struct ThemeProblem: Sendable, Hashable, CustomStringConvertible {
  /// From 1; 0 when it concerns the whole file.
  public var line: Int
  /// What is wrong and, where it can be guessed, what was meant.
  public var message: String

  public var description: String { line > 0 ? "line \(line): \(message)" : message }
}

/// Why a theme could not be used.
public enum ThemeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No theme of this name is built in or in the user's folder.
  case unknown(name: String, suggestion: String?, available: [String])
  /// The file could not be read.
  case unreadable(file: String, reason: String)
  /// The file says something that cannot be obeyed; all problems that were found.
  case invalid(file: String, problems: [ThemeProblem])

  public var description: String {
    switch self {
    case .unknown(let name, let suggestion, let available):
      "There is no theme '\(name)'." + (suggestion.map { " Did you mean '\($0)'?" } ?? "")
        + " Available: \(available.joined(separator: ", ")). A path to a YAML file works too."
    case .unreadable(let file, let reason):
      "The theme file \(file) could not be read: \(reason)."
    case .invalid(let file, let problems):
      "The theme file \(file) cannot be used:\n" + problems.map { "  \($0)" }.joined(separator: "\n")
    }
  }
}
