import Testing

@testable import JarvisTerminal

@Suite struct ThemeTests {
  let library = ThemeLibrary()

  @Test("FOUND-06 every shipped theme loads and says its own name", arguments: ThemeLibrary().names)
  func loads(name: String) throws {
    #expect(try library.theme(named: name).name == name)
  }

  @Test("FOUND-06 every scope of every theme has the contrast its use needs", arguments: ThemeLibrary().names)
  func contrast(name: String) throws {
    let theme = try library.theme(named: name)
    for (scope, use) in ThemeScopes.uses {
      let style = theme.style(scope)
      if theme.kind == .mono {
        #expect(style.foreground == nil && style.background == nil, "\(name) colours \(scope)")
        continue
      }
      let ground = try #require(style.background, "\(name) \(scope) has no ground")
      let text = try #require(style.foreground, "\(name) \(scope) has no colour")
      let ratio = text.contrast(with: ground)
      #expect(ratio >= use.rawValue, "\(name) \(scope): \(text.hex) on \(ground.hex) is \(ratio):1")
    }
    for gradient in ThemeScopes.gradients where theme.kind != .mono {
      for step in 0...100 {
        let style = theme.gradient(gradient, at: Double(step) / 100)
        let (text, ground) = (try #require(style.foreground), try #require(style.background))
        #expect(text.contrast(with: ground) >= 3, "\(name) gradient \(gradient) at \(step) %: \(text.hex)")
      }
    }
  }

  @Test("FOUND-06 high-contrast means 7:1 for every text")
  func highContrast() throws {
    let theme = try library.theme(named: "high-contrast")
    for (scope, use) in ThemeScopes.uses where use == .text {
      let style = theme.style(scope)
      let ratio = try #require(style.foreground).contrast(with: try #require(style.background))
      #expect(ratio >= 7, "\(scope) is \(ratio):1")
    }
  }

  @Test("FOUND-06 scopes fall back along their dots")
  func fallback() throws {
    let theme = try library.theme(named: "jarvis")
    #expect(theme.style("badge.mistral") == theme.style("badge"))
    #expect(theme.style("badge.mistral.large") == theme.style("badge"))
    #expect(theme.style("nothing.of.this") == theme.style("text"))
    #expect(theme.style("badge.claude") != theme.style("badge"))
  }

  @Test("FOUND-06 a gradient runs through its three stops and is held at its ends")
  func gradient() throws {
    let text = """
      palette: {ground: "#000000", a: "#ff0000", b: "#00ff00", c: "#0000ff"}
      scopes: {text: {fg: a, bg: ground}}
      gradients: {cpu: [a, b, c]}
      """
    let theme = try library.theme(text: text, path: "t.yaml", name: "t")
    #expect(theme.gradient("cpu", at: 0).foreground == RGB(255, 0, 0))
    #expect(theme.gradient("cpu", at: 0.5).foreground == RGB(0, 255, 0))
    #expect(theme.gradient("cpu", at: 1).foreground == RGB(0, 0, 255))
    #expect(theme.gradient("cpu", at: -3) == theme.gradient("cpu", at: 0))
    #expect(theme.gradient("cpu", at: .infinity) == theme.gradient("cpu", at: 1))
    #expect(theme.gradient("cpu", at: .nan) == theme.gradient("cpu", at: 0))
    #expect(theme.gradient("storage", at: 0.5) == theme.style("text"))
  }

  @Test("FOUND-06 a child changes the palette and its parent's scopes follow")
  func inherits() throws {
    let text = "inherits: jarvis\npalette:\n  accent: \"#ffffff\"\n"
    let theme = try library.theme(text: text, path: "own.yaml", name: "own")
    #expect(theme.style("text").foreground == RGB(255, 255, 255))
    #expect(theme.style("frame").foreground == RGB(255, 255, 255).mixed(into: RGB(5, 8, 13), opacity: 0.46))
  }

  @Test(
    "FOUND-06 what is wrong in a theme file is named with its line and a suggestion",
    arguments: [
      ("palete: {}", 1, "did you mean 'palette'?"),
      ("name: x\nscopes:\n  panel.titel: \"#ffffff\"\n", 3, "did you mean 'panel.title'?"),
      ("scopes:\n  text:\n    bolt: true\n", 3, "did you mean 'bold'?"),
      ("palette:\n  accent: \"#fff\"\n", 2, "neither #rrggbb nor"),
      ("palette:\n  accent: \"#ffffff\"\nscopes:\n  text: acent\n", 4, "did you mean 'accent'?"),
      ("palette:\n  a: b\n  b: a\n", 2, "by itself"),
      ("palette:\n  a: \"#ffffff\"\n  b: a 30%\n", 3, "'ground'"),
      ("palette:\n  ground: \"#000000\"\n  a: \"#ffffff\"\n  b: a 300%\n", 4, "not a percentage"),
      ("gradients:\n  cpu: [\"#000000\"]\n", 2, "three colours"),
      ("gradients:\n  cpo: [a, b, c]\n", 2, "did you mean 'cpu'?"),
      ("glyphs: brail\n", 1, "unknown value of 'glyphs' 'brail'"),
      ("glyphs: {set: block, prompt: \">>\"}\n", 1, "one character of one cell"),
      ("kind: dakr\n", 1, "did you mean 'dark'?"),
      ("name: x\nname: y\n", 1, "named twice"),
      ("name: [x\n", 2, "not YAML"),
      ("- a\n- b\n", 1, "takes names with values"),
      ("scopes:\n  text: { fg: none, bold: perhaps }\n", 2, "true or false"),
    ])
  func problems(text: String, line: Int, message: String) throws {
    let error = #expect(throws: ThemeError.self) {
      try library.theme(text: text, path: "bad.yaml", name: "bad")
    }
    guard case .invalid(let file, let problems)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(file == "bad.yaml")
    #expect(problems.contains { $0.line == line && $0.message.contains(message) }, "\(problems)")
  }

  @Test("FOUND-06 themes that inherit from each other in a circle are refused")
  func circle() throws {
    let text = "inherits: jarvis\n"
    #expect(throws: Never.self) { try library.theme(text: text, path: "a.yaml", name: "a") }
    #expect(throws: ThemeError.self) {
      try library.theme(text: "inherits: jarvsi\n", path: "a.yaml", name: "a")
    }
  }

  @Test("FOUND-06 an unknown theme is refused with what there is")
  func unknown() {
    #expect {
      try library.theme(named: "matrx")
    } throws: { error in
      guard case ThemeError.unknown(_, let suggestion, let available) = error else { return false }
      return suggestion == "matrix" && available.contains("jarvis")
    }
  }
}
