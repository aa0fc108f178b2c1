import NIOCore
import NIOHTTP1
import NIOSSL

/// Looks at a connection's first byte: a TLS hello is taken to TLS, plain HTTP is sent to `https://`, as Proxmox does.
final class TLSGreeter: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// The first byte of a TLS handshake record.
  private static let handshakeRecord: UInt8 = 0x16

  private let context: NIOSSLContext
  private let state: ServerState
  private var greeted = false

  init(context: NIOSSLContext, state: ServerState) {
    self.context = context
    self.state = state
  }

  func channelRead(context channel: ChannelHandlerContext, data: NIOAny) {
    let bytes = unwrapInboundIn(data)
    guard !greeted, let first = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self) else {
      return channel.fireChannelRead(data)
    }
    greeted = true
    let pipeline = channel.pipeline.syncOperations
    do {
      if first == Self.handshakeRecord {
        try pipeline.addHandler(NIOSSLServerHandler(context: context))
        try pipeline.addHandler(HandshakeCounter(state: state))
        try ConnectionPipeline.addHTTP(to: pipeline, state: state)
      } else {
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        try pipeline.addHandler(PlainRedirect())
      }
      channel.fireChannelRead(data)
      pipeline.removeHandler(context: channel, promise: nil)
    } catch {
      channel.close(promise: nil)
    }
  }
}

/// Counts handshakes that fail, e.g. because the client does not trust the certificate, and closes their connections.
private final class HandshakeCounter: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let state: ServerState

  init(state: ServerState) {
    self.state = state
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let error = error as? NIOSSLError, case .handshakeFailed = error {
      state.count { $0.failedHandshakes += 1 }
    }
    context.close(promise: nil)
  }
}

/// Answers plain HTTP on a TLS port with 301 and closes.
private final class PlainRedirect: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data) else { return }
    let port = context.localAddress?.port ?? 0
    let host = head.headers.first(name: "Host") ?? "127.0.0.1:\(port)"
    let answer = ResponseHead(
      status: 301, reason: "Moved Permanently",
      headers: [("Location", "https://\(host)\(head.uri)"), ("Connection", "close")])
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(answer.encoded(into: channel.allocator)))
      .whenComplete { _ in channel.close(promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
