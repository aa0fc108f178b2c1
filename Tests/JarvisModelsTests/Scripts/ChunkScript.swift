/// Chunks of a streamed chat completion in the form in which local servers send them.
enum ChunkScript {
  static func chunk(_ delta: String, finish: String? = nil, more: String = "") -> String {
    let reason = finish.map { "\"\($0)\"" } ?? "null"
    return
      #"data: {"choices":[{"finish_reason":\#(reason),"index":0,"delta":\#(delta)}],"created":1,"id":"c","model":"m","#
      + #""object":"chat.completion.chunk"\#(more)}"# + "\n\n"
  }
  static func content(_ text: String) -> String { chunk(#"{"content":"\#(text)"}"#) }
  static let role = chunk(#"{"role":"assistant","content":null}"#)
  static let usage =
    #"data: {"choices":[],"object":"chat.completion.chunk","usage":{"completion_tokens":9,"prompt_tokens":40,"total_tokens":49,"#
    + #""prompt_tokens_details":{"cached_tokens":30}},"timings":{"cache_n":30,"prompt_n":10}}"# + "\n\n"
  static let done = "data: [DONE]\n\n"

  static func answer(_ pieces: [String], finish: String = "stop") -> String {
    role + ":\n\n" + pieces.map(content).joined() + chunk("{}", finish: finish) + usage + done
  }
}
