import Foundation

/// Where themes come from: those built into the binary, and the user's own folder, which lies over them.
public struct ThemeLibrary: Sendable {
  /// The theme of a fresh installation.
  public static let defaultName = "jarvis"
  /// The theme for terminals without colour.
  public static let colourlessName = "mono"
  /// `inherits` goes up at most so many steps.
  static let maximumDepth = 8

  private let folder: URL?

  /// - Parameter folder: the user's themes, `NAME.yaml` each; need not exist.
  public init(folder: URL? = nil) { self.folder = folder }

  /// Names that `theme(named:)` knows, sorted.
  public var names: [String] {
    // A folder that does not exist or cannot be listed holds no themes; loading one by name still says why.
    let own = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) } ?? []
    let ownNames = own.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    return Set(ownNames).union(BuiltInThemes.files.keys).sorted()
  }

  /// A theme by its name, or by the path of its file (anything with a slash or `.yaml` at its end).
  public func theme(named name: String) throws(ThemeError) -> Theme {
    if name.contains("/") || name.hasSuffix(".yaml") { return try theme(file: URL(fileURLWithPath: name)) }
    let (text, path) = try source(of: name)
    return try theme(text: text, path: path, name: name)
  }

  /// A theme from a file.
  public func theme(file: URL) throws(ThemeError) -> Theme {
    try theme(text: try read(file), path: file.path, name: file.deletingPathExtension().lastPathComponent)
  }

  /// A theme from the text of a file. `path` is for messages; `name` counts where the text does not say one.
  public func theme(text: String, path: String, name: String) throws(ThemeError) -> Theme {
    var chain = [(file: try ThemeFileReader.read(text, from: path), path: path)]
    while let parent = chain[0].file.inherits {
      guard chain.count < Self.maximumDepth else {
        let problem = ThemeProblem(
          line: parent.line, message: "'inherits' goes in a circle or over \(chain.count) themes")
        throw .invalid(file: chain[0].path, problems: [problem])
      }
      let (text, path) = try source(of: parent.value)
      chain.insert((try ThemeFileReader.read(text, from: path), path), at: 0)
    }
    return try ThemeBuilder(chain: chain).build(name: name)
  }

  private func source(of name: String) throws(ThemeError) -> (text: String, path: String) {
    if let file = folder?.appendingPathComponent(name + ".yaml"), FileManager.default.fileExists(atPath: file.path) {
      return (try read(file), file.path)
    }
    if let bytes = BuiltInThemes.files[name] { return (String(decoding: bytes, as: UTF8.self), "themes/\(name).yaml") }
    let available = names
    throw .unknown(name: name, suggestion: NearestWord.to(name, in: available), available: available)
  }

  private func read(_ file: URL) throws(ThemeError) -> String {
    do {
      return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    } catch {
      throw .unreadable(file: file.path, reason: error.localizedDescription)
    }
  }
}
