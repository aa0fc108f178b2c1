/// One block of an answer while it arrives, kept member by member as the server wrote it.
struct ContentBlock: Sendable {
  /// "text", "thinking", "tool_use", …, or a kind that is not known yet.
  let kind: String
  /// Text or thinking so far.
  private(set) var text: String
  /// The newest signature; nil leaves the one of the start.
  var signature: String?
  /// The input's JSON text so far, verbatim.
  private var input = ""
  private var citations: [[UInt8]]
  private let members: [(key: String, value: RawJSON)]

  init(start: RawJSON) {
    members = start.members
    kind = start["type"]?.string ?? ""
    text = start["text"]?.string ?? start["thinking"]?.string ?? ""
    citations = start["citations"]?.elements.map { Array($0.bytes) } ?? []
  }

  mutating func append(_ piece: String) { text += piece }
  mutating func appendInput(_ piece: String) { input += piece }
  mutating func appendCitation(_ citation: RawJSON?) {
    if let citation { citations.append(Array(citation.bytes)) }
  }

  /// Bytes that the model made for it, for an estimate.
  var weight: Int { text.utf8.count + input.utf8.count }

  /// The call that a finished `tool_use` block asks for.
  var call: ToolCallRequest? {
    guard kind == "tool_use", let id = member("id")?.string, let name = member("name")?.string else { return nil }
    return ToolCallRequest(id: id, name: name, arguments: arguments)
  }

  /// The block as it goes back to the model: members in the order they came, each verbatim or with what the deltas added.
  var json: [UInt8] {
    JSONWriter.object { json in
      var written: Set<String> = []
      for (key, value) in members {
        written.insert(key)
        json.raw(key, completed[key] ?? Array(value.bytes))
      }
      for (key, value) in completed.sorted(by: { $0.key < $1.key }) where !written.contains(key) {
        json.raw(key, value)
      }
    }.bytes
  }

  /// Members that the deltas filled.
  private var completed: [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    if kind == "text" { result["text"] = JSONString.quoted(text) }
    if kind == "thinking" { result["thinking"] = JSONString.quoted(text) }
    if let signature { result["signature"] = JSONString.quoted(signature) }
    if !input.isBlank || kind == "tool_use" { result["input"] = ToolInput.object(arguments) }
    if !citations.isEmpty {
      var list = JSONWriter()
      list.array { json in for citation in citations { json.raw(citation) } }
      result["citations"] = list.bytes
    }
    return result
  }

  /// What the deltas brought, else what the start held, else an empty object.
  private var arguments: String {
    input.isBlank ? member("input")?.text ?? "{}" : input
  }

  private func member(_ key: String) -> RawJSON? {
    members.first { $0.key == key && !$0.value.isNull }?.value
  }
}
