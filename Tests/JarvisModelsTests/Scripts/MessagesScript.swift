/// Events of the Messages API in the form in which they are sent.
enum MessagesScript {
  static func event(_ name: String, _ data: String) -> String { "event: \(name)\ndata: \(data)\n\n" }

  /// A `message_start` with a cache that was written in both lifetimes.
  static let start = event(
    "message_start",
    """
    {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","content":[],"model":\
    "claude-sonnet-5-5","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":\
    900,"cache_read_input_tokens":4000,"cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":600},\
    "output_tokens":1,"service_tier":"standard"}}}
    """)
  static let ping = event("ping", #"{"type": "ping"}"#)
  static let stop = event("message_stop", #"{"type":"message_stop"}"#)

  static func delta(_ reason: String, output: Int, more: String = "") -> String {
    event(
      "message_delta",
      #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)","stop_sequence":null\#(more)},"#
        + #""usage":{"input_tokens":25,"cache_creation_input_tokens":900,"cache_read_input_tokens":4000,"#
        + #""output_tokens":\#(output)}}"#)
  }

  static func text(_ index: Int, _ pieces: [String]) -> String {
    event(
      "content_block_start",
      #"{"type":"content_block_start","index":\#(index),"content_block":{"type":"text","text":""}}"#)
      + pieces.map {
        event(
          "content_block_delta",
          #"{"type":"content_block_delta","index":\#(index),"delta":{"type":"text_delta","text":"\#($0)"}}"#)
      }.joined() + end(index)
  }

  static func end(_ index: Int) -> String {
    event("content_block_stop", #"{"type":"content_block_stop","index":\#(index)}"#)
  }

  /// Thinking with its signature, text, a call with arguments in pieces and one without any, with pings, an unknown event,
  /// an unknown delta and a comment in between.
  static let tools =
    start + ping
    + event(
      "content_block_start",
      #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#)
    + event(
      "content_block_delta",
      #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Prüfe zuerst \"tank\"\n"}}"#
    )
    + event(
      "content_block_delta",
      #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQBCgIYAhIM+/=="}}"#)
    + end(0)
    + event("future_event", #"{"type":"future_event","what":[1,2]}"#)
    + text(1, ["Ich sehe ", "nach \\ud83d\\ude80 – ", "gleich."])
    + ": a comment\n\n"
    + event(
      "content_block_start",
      #"{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_01","name":"list_guests","#
        + #""input":{},"caller":{"type":"direct"}}}"#)
    + event(
      "content_block_delta",
      #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}"#)
    + event(
      "content_block_delta",
      #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"node\": \"ag"}}"#)
    + event(
      "content_block_delta", #"{"type":"content_block_delta","index":2,"delta":{"type":"future_delta","x":1}}"#)
    + event(
      "content_block_delta",
      #"{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"ent\", \"limit\": 1.0}"}}"#
    )
    + end(2)
    + event(
      "content_block_start",
      #"{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_02","name":"cluster_status","#
        + #""input":{}}}"#)
    + end(3)
    + delta("tool_use", output: 89) + ping + stop

  /// The content of `tools` as it must go back, byte for byte.
  static let toolsContent =
    #"[{"type":"thinking","thinking":"Prüfe zuerst \"tank\"\n","signature":"EqQBCgIYAhIM+/=="},"#
    + #"{"type":"text","text":"Ich sehe nach 🚀 – gleich."},"#
    + #"{"type":"tool_use","id":"toolu_01","name":"list_guests","input":{"node": "agent", "limit": 1.0},"caller":{"type":"direct"}},"#
    + #"{"type":"tool_use","id":"toolu_02","name":"cluster_status","input":{}}]"#

  /// An answer of text alone.
  static func answer(_ reason: String, _ text: String = "done", more: String = "") -> String {
    start + Self.text(0, [text]) + delta(reason, output: 7, more: more) + stop
  }
}
