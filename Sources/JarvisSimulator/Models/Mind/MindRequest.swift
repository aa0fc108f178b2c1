import JarvisAPI

/// A conversation as a simulated model reads it, whichever API it came through.
struct MindRequest: Sendable, Equatable {
  var system: String
  var tools: [MindTool]
  /// False where the request forbids tools (`tool_choice: none`): then the mind speaks from what it has.
  var mayCall: Bool
  var turns: [MindTurn]

  init(system: String = "", tools: [MindTool] = [], mayCall: Bool = true, turns: [MindTurn]) {
    self.system = system
    self.tools = tools
    self.mayCall = mayCall
    self.turns = turns
  }
}

/// A tool as a request offers it: what the mind may ask for, and with which arguments.
struct MindTool: Sendable, Equatable {
  var name: String
  var properties: Set<String>
  var required: Set<String>

  init(name: String, properties: Set<String> = [], required: Set<String> = []) {
    self.name = name
    self.properties = properties
    self.required = required
  }

  /// Reads the JSON Schema of its arguments.
  init(name: String, schema: JSONValue?) {
    self.name = name
    properties = Set(schema?["properties"]?.object?.keys.map { $0 } ?? [])
    required = Set(schema?["required"]?.array?.compactMap(\.string) ?? [])
  }
}

/// One step of a conversation.
enum MindTurn: Sendable, Equatable {
  case person(String)
  case model(text: String, calls: [MindCall])
  case results([MindResult])
}

/// A tool call that the mind made.
struct MindCall: Sendable, Equatable {
  var id: String
  var tool: String
  var arguments: [String: JSONValue]

  init(id: String = "", tool: String, arguments: [String: JSONValue] = [:]) {
    self.id = id
    self.tool = tool
    self.arguments = arguments
  }
}

/// What a tool answered.
struct MindResult: Sendable, Equatable {
  var id: String
  var content: String
  var isError: Bool

  init(id: String, content: String, isError: Bool = false) {
    self.id = id
    self.content = content
    self.isError = isError
  }
}

/// What a mind says: thoughts, an answer, or calls to make first.
struct MindReply: Sendable, Equatable {
  /// One sentence of reasoning; what is shown of it depends on the API and the model.
  var thought: String
  var text: String
  /// The ids are given by the API.
  var calls: [MindCall]

  init(thought: String = "", text: String = "", calls: [MindCall] = []) {
    self.thought = thought
    self.text = text
    self.calls = calls
  }
}
