/// What a terminal can do, decided once at the start from the environment and terminfo.
public struct TerminalCapabilities: Sendable, Hashable {
  /// The terminfo entry to open: `TERM`, or its `-direct` relative.
  public var terminfoName: String
  /// How many colours it gets.
  public var colour: ColourMode
  /// What its font and locale can show.
  public var glyphs: Glyphs.Level
  /// Frames are sent less often over a slow line.
  public var isRemote: Bool
  /// The terminal understands private modes: paste, focus, mouse, synchronised output.
  public var understandsModes: Bool

  /// - Parameters:
  ///   - environment: `TERM`, `COLORTERM`, `NO_COLOR`, `SSH_CONNECTION` are read.
  ///   - isUTF8: whether the locale is UTF-8.
  ///   - requested: the user's choice of colours; nil decides from the environment.
  ///   - isUsable: whether terminfo has an entry of this name that can place the cursor.
  /// - Throws: `TerminalError` when nothing can be shown on this terminal.
  public static func detect(
    environment: [String: String], isUTF8: Bool, requested: ColourMode? = nil, isUsable: (String) -> Bool
  ) throws(TerminalError) -> TerminalCapabilities {
    guard let term = environment["TERM"], !term.isEmpty else { throw .noTerminalType }
    if term == "dumb" || term == "unknown" { throw .cannotDraw(term: term) }
    guard isUsable(term) else { throw .unknownTerminalType(term: term) }
    let isConsole = term == "linux" || term.hasPrefix("linux-") || term.hasPrefix("vt")
    var capabilities = TerminalCapabilities(
      terminfoName: term, colour: requested ?? .indexed256, glyphs: isUTF8 && !isConsole ? .braille : .ascii,
      isRemote: !(environment["SSH_CONNECTION"] ?? "").isEmpty, understandsModes: !isConsole)
    if requested == nil, !(environment["NO_COLOR"] ?? "").isEmpty {
      capabilities.colour = .mono
    } else if requested == .direct || (requested == nil && ["truecolor", "24bit"].contains(environment["COLORTERM"])) {
      if let name = directNames(of: term).first(where: isUsable) {
        capabilities.terminfoName = name
        capabilities.colour = .direct
      } else {
        capabilities.colour = .indexed256
      }
    }
    return capabilities
  }

  /// Terminfo entries with direct colour that may belong to a type: `xterm-256color` → `xterm-direct`,
  /// `xterm-kitty` → `kitty-direct`. They live in Debian's package ncurses-term.
  static func directNames(of term: String) -> [String] {
    if term.hasSuffix("-direct") { return [term] }
    var base = term
    for suffix in ["-256color", "-16color", "-color"] where base.hasSuffix(suffix) { base.removeLast(suffix.count) }
    let ownName = base.hasPrefix("xterm-") ? [String(base.dropFirst(6)) + "-direct"] : []
    // What calls itself a kind of xterm draws as one.
    return ownName + [base + "-direct"] + (base.hasPrefix("xterm") ? ["xterm-direct"] : [])
  }

  /// What is really there once terminfo was opened: fewer colours than hoped for lower the mode.
  func limited(toColours count: Int) -> TerminalCapabilities {
    var result = self
    switch colour {
    case .mono, .direct: break
    case .indexed256, .indexed16: result.colour = count >= 256 ? colour : count >= 8 ? .indexed16 : .mono
    }
    return result
  }
}
