/// A colour as a theme file writes it: `#rrggbb`, a palette name, a palette name with an opacity over the ground
/// (`accent 50%`), or `none` for the terminal's own.
struct ColourResolver {
  /// Names to expressions; a name may refer to another.
  let palette: [String: String]

  /// A palette entry may refer to another, but not in a circle.
  static let maximumDepth = 8

  enum Failure: Error, Equatable {
    case unknown(String)
    case circular(String)
    case opacity(String)
    case ground
  }

  /// - Returns: the colour, nil for `none`.
  func resolve(_ expression: String, depth: Int = 0) throws(Failure) -> RGB? {
    let words = expression.split(separator: " ").map(String.init)
    guard let name = words.first, words.count <= 2 else { throw .unknown(expression) }
    guard depth < Self.maximumDepth else { throw .circular(name) }
    let colour = try named(name, depth: depth)
    guard words.count == 2 else { return colour }
    guard words[1].hasSuffix("%"), let percent = Double(words[1].dropLast()), (0...100).contains(percent) else {
      throw .opacity(words[1])
    }
    guard let colour, palette["ground"] != nil, name != "ground",
      let ground = try named("ground", depth: depth + 1)
    else { throw .ground }
    return colour.mixed(into: ground, opacity: percent / 100)
  }

  private func named(_ name: String, depth: Int) throws(Failure) -> RGB? {
    if name == "none" { return nil }
    if name.hasPrefix("#") {
      guard let colour = RGB(hex: name) else { throw .unknown(name) }
      return colour
    }
    guard let next = palette[name] else { throw .unknown(name) }
    return try resolve(next, depth: depth + 1)
  }

  /// What to tell the author of the file.
  func message(for failure: Failure) -> String {
    switch failure {
    case .unknown(let name):
      "'\(name)' is neither #rrggbb nor a colour of the palette"
        + (NearestWord.to(name, in: palette.keys).map { "; did you mean '\($0)'?" } ?? "")
    case .circular(let name): "the palette explains '\(name)' by itself"
    case .opacity(let text): "'\(text)' is not a percentage from 0% to 100%"
    case .ground: "an opacity needs a palette colour 'ground' to mix into"
    }
  }
}
