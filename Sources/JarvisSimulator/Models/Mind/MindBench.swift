import JarvisAPI

/// What a mind has on its desk while it works at a question: the tools it may use, what they answered, and what it
/// still wants. Plans ask for results; what is missing becomes the next calls.
struct MindBench {
  /// What came of a wish for a tool's result.
  enum Finding: Sendable, Equatable {
    case value(JSONValue)
    /// The tool answered with an error, or something else than JSON.
    case failed(error: String, advice: String)
    /// The request does not offer the tool, or forbids calls.
    case notOffered
  }

  private let tools: [String: MindTool]
  private let mayCall: Bool
  private let exchange: MindExchange
  private(set) var wanted: [MindCall] = []
  /// Names from the whole conversation, newest knowledge last.
  let remembered: MindInventory
  /// Names from this exchange alone.
  let found: MindInventory

  /// Calls in one step; what is wanted beyond waits for the next.
  static let maximumCallsPerStep = 8

  init(request: MindRequest, exchanges: [MindExchange]) {
    tools = Dictionary(request.tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    mayCall = request.mayCall
    exchange = exchanges.last ?? MindExchange(question: "", calls: [], results: [:], answer: "")
    var remembered = MindInventory()
    for exchange in exchanges { Self.learn(from: exchange, into: &remembered) }
    var found = MindInventory()
    Self.learn(from: exchange, into: &found)
    self.remembered = remembered
    self.found = found
  }

  private static func learn(from exchange: MindExchange, into inventory: inout MindInventory) {
    for call in exchange.calls {
      guard let result = exchange.results[call.id], !result.isError else { continue }
      // A result that is no JSON teaches no names; the plan that asked for it says so.
      guard let value = try? JSONValue(parsing: result.content) else { continue }
      inventory.learn(value, from: call)
    }
  }

  func offers(_ tool: String) -> Bool { tools[tool] != nil && mayCall }

  func tool(_ name: String) -> MindTool? { tools[name] }

  /// The result of a call, if it was made in this exchange; else nil, and the call is wanted. A call is made once:
  /// what failed or was refused is not tried again.
  mutating func need(_ tool: String, _ arguments: [String: JSONValue] = [:]) -> Finding? {
    let offered = tools[tool]
    let accepted = offered.map { offered in
      offered.properties.isEmpty ? arguments : arguments.filter { offered.properties.contains($0.key) }
    }
    let wish = MindCall(tool: tool, arguments: accepted ?? arguments)
    if let call = exchange.calls.last(where: { $0.tool == wish.tool && $0.arguments == wish.arguments }) {
      return exchange.results[call.id].map(Self.read) ?? .failed(error: "the call brought no result", advice: "")
    }
    guard offered != nil, mayCall else { return .notOffered }
    if !wanted.contains(wish) && wanted.count < Self.maximumCallsPerStep { wanted.append(wish) }
    return nil
  }

  private static func read(_ result: MindResult) -> Finding {
    // Text that is no JSON is an error in the tool's own words.
    let value = try? JSONValue(parsing: result.content)
    if let error = value?["error"] {
      return .failed(error: error.string ?? error.text, advice: value?["advice"]?.string ?? "")
    }
    // An action that went wrong is marked as an error, too, and still tells what came of it.
    if result.isError, value?["done"] == nil { return .failed(error: result.content.trimmed, advice: "") }
    guard let value else { return .failed(error: result.content.trimmed, advice: "") }
    return .value(value)
  }
}

extension MindBench.Finding {
  /// The JSON, where there is one.
  var value: JSONValue? { if case .value(let value) = self { value } else { nil } }

  /// Why there is none, in a sentence about `subject` ("the guests"); nil where there is one.
  func excuse(for subject: String) -> String? {
    switch self {
    case .value: return nil
    case .notOffered: return "I have no tool here to read \(subject)."
    case .failed(let error, let advice):
      let reason = MindFigures.name(.string(error))
      let hint = MindFigures.name(.string(advice))
      return "I could not read \(subject): \(reason)\(reason.hasSuffix(".") ? "" : ".")"
        + (hint.isEmpty || hint == "unknown" ? "" : " \(MindFigures.sentence(hint))\(hint.hasSuffix(".") ? "" : ".")")
    }
  }
}
