/// Makes a theme of its files: the oldest ancestor first, each laid over the one before.
struct ThemeBuilder {
  let chain: [(file: ThemeFile, path: String)]

  /// Steps of a gradient, both ends included: a percent each.
  static let gradientSteps = 101

  func build(name: String) throws(ThemeError) -> Theme {
    var merged = ThemeFile()
    var problems: [ThemeProblem] = []
    for (file, _) in chain {
      merged.kind = file.kind ?? merged.kind
      merged.glyphLevel = file.glyphLevel ?? merged.glyphLevel
      merged.palette.merge(file.palette) { $1 }
      merged.scopes.merge(file.scopes) { $1 }
      merged.gradients.merge(file.gradients) { $1 }
      merged.glyphs.merge(file.glyphs) { $1 }
    }
    let colours = ColourResolver(palette: merged.palette.mapValues(\.value))
    func colour(_ expression: String, line: Int) -> RGB? {
      do throws(ColourResolver.Failure) {
        return try colours.resolve(expression)
      } catch {
        problems.append(ThemeProblem(line: line, message: colours.message(for: error)))
        return nil
      }
    }
    for (_, entry) in merged.palette.sorted(by: { $0.key < $1.key }) { _ = colour(entry.value, line: entry.line) }
    let kind = merged.kind ?? .dark
    var theme = Theme(name: chain.last?.file.name ?? name, kind: kind, glyphs: .of(merged.glyphLevel ?? .braille))
    for (name, text) in merged.glyphs { Glyphs.replaceable[name].map { theme.glyphs[keyPath: $0] = text } }
    let ground = merged.palette["ground"].flatMap { colour($0.value, line: $0.line) }
    theme.scopes["text"] = Style(background: ground)
    // Short names first: "panel" is there when "panel.title" falls back on it.
    for (scope, look) in merged.scopes.sorted(by: {
      ($0.key != "text" ? 1 : 0, $0.key) < ($1.key != "text" ? 1 : 0, $1.key)
    }) {
      let base = theme.style(scope)
      theme.scopes[scope] = Style(
        foreground: look.value.foreground.map { colour($0, line: look.line) } ?? base.foreground,
        background: look.value.background.map { colour($0, line: look.line) } ?? base.background,
        attributes: look.value.attributes)
    }
    for (name, stops) in merged.gradients {
      let ends = stops.value.compactMap { colour($0, line: stops.line) }
      if ends.count == stops.value.count, kind != .mono { theme.gradients[name] = Self.steps(ends) }
    }
    guard problems.isEmpty else {
      throw .invalid(file: chain.last?.path ?? name, problems: Array(Set(problems)).sorted { $0.line < $1.line })
    }
    // Every frame asks for hundreds of styles: the way to a scope's ancestor is gone once, here.
    for scope in ThemeScopes.all where theme.scopes[scope] == nil { theme.scopes[scope] = theme.style(scope) }
    return theme
  }

  /// All steps between three stops, mixed in a perceptual space so that no step looks like a jump.
  static func steps(_ stops: [RGB]) -> [RGB] {
    guard stops.count == 3 else { return stops }
    let spaces = stops.map { Oklab($0) }
    return (0..<gradientSteps).map { step in
      let position = Double(step) / Double(gradientSteps - 1) * 2
      let from = position < 1 ? 0 : 1
      return spaces[from].mixed(with: spaces[from + 1], share: position - Double(from)).rgb
    }
  }
}
