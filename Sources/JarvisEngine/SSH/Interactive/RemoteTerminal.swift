import Foundation

/// The terminal that is handed to a shell on a node.
public struct RemoteTerminal: Sendable {
  public struct Size: Sendable, Hashable {
    public var columns: Int
    public var rows: Int
    public init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// Descriptors of the terminal, in raw mode (`RawMode`). They stay the caller's.
  public var input: Int32
  public var output: Int32
  /// `TERM` on the node.
  public var type: String
  public var size: Size
  /// Its sizes from now on.
  public var sizes: AsyncStream<Size>

  public init(input: Int32, output: Int32, type: String, size: Size, sizes: AsyncStream<Size>) {
    self.input = input
    self.output = output
    self.type = type
    self.size = size
    self.sizes = sizes
  }
}

/// A descriptor of our own to the same file, that does not block: to set the flag on the caller's would set it for every
/// process that shares the terminal.
struct OwnDescriptor: ~Copyable {
  let file: Int32

  /// - Throws: `SSHError.outOfResources`.
  init(_ other: Int32, _ access: Int32) throws(SSHError) {
    var file = open("/proc/self/fd/\(other)", access | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    // Sockets cannot be opened that way; what reads and writes them waits until they are ready.
    if file < 0 { file = fcntl(other, F_DUPFD_CLOEXEC, 0) }
    guard file >= 0 else { throw .outOfResources("the terminal cannot be opened: \(String(cString: strerror(errno)))") }
    self.file = file
  }

  deinit { close(file) }
}

/// A terminal in raw mode: every key goes to the node's shell as it is. Restored by `restore`.
public struct RawMode: Sendable {
  private let descriptor: Int32
  // Sendable: a plain C structure that nobody changes.
  private struct Saved: @unchecked Sendable { var attributes: termios }
  private let saved: Saved

  /// Nil where the descriptor is no terminal.
  public init?(descriptor: Int32) {
    var attributes = termios()
    guard tcgetattr(descriptor, &attributes) == 0 else { return nil }
    self.descriptor = descriptor
    saved = Saved(attributes: attributes)
    cfmakeraw(&attributes)
    guard tcsetattr(descriptor, TCSADRAIN, &attributes) == 0 else { return nil }
  }

  public func restore() {
    var attributes = saved.attributes
    tcsetattr(descriptor, TCSADRAIN, &attributes)
  }
}
