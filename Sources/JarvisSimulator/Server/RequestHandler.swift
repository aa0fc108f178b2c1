import NIOCore
import NIOHTTP1

/// Puts requests together and has the service answer them one after the other; cancels the answer when the client leaves.
///
/// All state is touched on the channel's event loop only.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private struct Waiting {
    var request: SimulatedRequest
    var keepAlive: Bool
  }

  private let state: ServerState
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  /// Requests sent ahead of their answers.
  private var waiting: [Waiting] = []
  /// The answer under way.
  private var answer: Task<Void, Never>?
  /// True once nothing more is read, because the connection will close.
  private var closing = false

  init(state: ServerState) {
    self.state = state
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !closing else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      if head.headers.contains(name: "Expect"), head.version == .http1_1 {
        let go = ResponseHead(status: 100, reason: "Continue", headers: [])
        context.writeAndFlush(wrapOutboundOut(go.encoded(into: context.channel.allocator)), promise: nil)
      }
    case .body(let piece):
      guard body.count + piece.readableBytes <= state.limits.bodyBytes else { return refuseBody(context) }
      body.append(contentsOf: piece.readableBytesView)
    case .end:
      guard let head else { return }
      state.count { $0.requests += 1 }
      let request = Waiting(request: SimulatedRequest(head, body: body), keepAlive: head.isKeepAlive)
      self.head = nil
      body = []
      guard waiting.count < state.limits.pipelined else { return hangUp(context) }
      waiting.append(request)
      answerNext(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if let answer {
      state.count { $0.abandoned += 1 }
      answer.cancel()
    }
    waiting = []
    closing = true
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !closing, error is HTTPParserError else { return hangUp(context) }
    let head = ResponseHead(status: 400, reason: "bad request", headers: [("Connection", "close")])
    finish(context, with: head, text: "")
  }

  private func answerNext(_ context: ChannelHandlerContext) {
    guard answer == nil, !closing, !waiting.isEmpty else { return }
    let next = waiting.removeFirst()
    let writer = ResponseWriter(channel: context.channel)
    let service = state.service
    let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    answer = Task {
      let response = await service.respond(to: next.request)
      let end = await writer.send(response, keepAlive: next.keepAlive, bodiless: next.request.method == "HEAD")
      handler.eventLoop.execute {
        let (handler, context) = handler.value
        handler.answered(context, end: end)
      }
    }
  }

  private func answered(_ context: ChannelHandlerContext, end: ResponseWriter.End) {
    switch end {
    case .keepAlive:
      answer = nil
      answerNext(context)
    case .close:
      answer = nil
      hangUp(context)
    case .silence:
      // The connection stays as it is, and `answer` stays set so that nothing else is answered, until the client leaves.
      break
    }
  }

  private func refuseBody(_ context: ChannelHandlerContext) {
    let (status, reason) = state.limits.oversize
    let head = ResponseHead(
      status: status, reason: reason, headers: [("Content-Length", "\(reason.utf8.count)"), ("Connection", "close")])
    finish(context, with: head, text: reason)
  }

  private func finish(_ context: ChannelHandlerContext, with head: ResponseHead, text: String) {
    closing = true
    var bytes = head.encoded(into: context.channel.allocator)
    bytes.writeString(text)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(bytes)).whenComplete { _ in channel.close(promise: nil) }
  }

  private func hangUp(_ context: ChannelHandlerContext) {
    closing = true
    context.close(promise: nil)
  }
}
