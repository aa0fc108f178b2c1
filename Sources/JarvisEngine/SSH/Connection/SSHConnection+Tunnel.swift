import CSSH2
import Foundation

extension SSHConnection {
  /// A socket whose other end is the node, through a channel of this connection. libssh2 then speaks through it as
  /// through any other; the channel lives as long as the socket.
  func tunnel(to node: SSHNode) async throws(SSHError) -> Int32 {
    let channel: SSHChannel
    do throws(SSHError) {
      channel = try await openTunnel(to: node.address, port: node.port)
    } catch .channelRefused(let why) {
      throw .unreachable(place: node.host, reason: "the jump host \(self.node.name) does not get there: \(why)")
    }
    var pair: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &pair) == 0 else {
      await close(channel)
      throw .outOfResources("no socket: \(String(cString: strerror(errno)))")
    }
    let inner = pair[0]
    // Ends with the channel or with the other end of the pair, whichever is first. Its failure is theirs.
    Task {
      _ = try? await pump(channel, input: inner, output: inner)
      Glibc.close(inner)
      await close(channel)
    }
    return pair[1]
  }
}
