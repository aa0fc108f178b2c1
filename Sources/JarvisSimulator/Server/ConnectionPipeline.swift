import NIOCore
import NIOHTTP1
import NIOSSL

/// What stands between a socket and the service.
enum ConnectionPipeline {
  /// Sets up a new connection, or closes it where the host is down or the server full. Runs on the channel's event loop.
  static func prepare(_ channel: any Channel, for state: ServerState) throws {
    guard state.service.reachable, state.admit(channel) else {
      channel.close(promise: nil)
      return
    }
    channel.closeFuture.whenComplete { [weak channel] _ in
      if let channel { state.leave(channel) }
    }
    if let context = state.context {
      try channel.pipeline.syncOperations.addHandler(TLSGreeter(context: context, state: state))
    } else {
      try addHTTP(to: channel.pipeline.syncOperations, state: state)
    }
  }

  static func addHTTP(to pipeline: ChannelPipeline.SynchronousOperations, state: ServerState) throws {
    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
    try pipeline.addHandler(RequestHandler(state: state))
  }
}
