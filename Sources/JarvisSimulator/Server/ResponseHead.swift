import NIOCore

/// A status line with its headers, written byte for byte: the service owns the reason phrase and every header.
struct ResponseHead {
  var status: Int
  var reason: String
  var headers: [(name: String, value: String)]

  /// True where the service set this header itself.
  func names(_ header: String) -> Bool {
    headers.contains { $0.name.lowercased() == header.lowercased() }
  }

  /// The head as it goes over the wire. Line breaks in texts become spaces, so that no text can forge a header.
  func encoded(into allocator: ByteBufferAllocator) -> ByteBuffer {
    var text = "HTTP/1.1 \(status) \(Self.oneLine(reason))\r\n"
    for (name, value) in headers {
      text += "\(Self.oneLine(name)): \(Self.oneLine(value))\r\n"
    }
    text += "\r\n"
    return allocator.buffer(string: text)
  }

  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\r" || $0 == "\n" ? " " : $0 }))
  }
}
