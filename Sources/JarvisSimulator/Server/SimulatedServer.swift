import NIOCore
import NIOPosix
import NIOSSL

/// One HTTP/1.1 server on loopback that carries one `SimulatedService`, plain or over TLS.
///
/// When a client leaves, the task that answers it is cancelled and the stream it was sending from ends.
public final class SimulatedServer: Sendable {
  /// The port it listens on.
  public let port: Int
  /// `https://127.0.0.1:PORT`, or `http://…` without a certificate.
  public let url: String

  private let state: ServerState
  private let listener: any Channel
  /// Set where the server made its own thread and must end it.
  private let ownLoop: ServerLoop?

  private init(state: ServerState, listener: any Channel, host: String, port: Int, ownLoop: ServerLoop?) {
    self.state = state
    self.listener = listener
    self.port = port
    self.ownLoop = ownLoop
    url = "\(state.context == nil ? "http" : "https")://\(host):\(port)"
  }

  /// Starts listening.
  /// - Parameters:
  ///   - host: an address of the loopback interface.
  ///   - port: 0 takes a free one.
  ///   - certificate: nil for plain HTTP.
  ///   - loop: the thread to run on; nil makes one of its own.
  /// - Throws: `SimulatorError` where the port is taken or the certificate is not one.
  public static func start(
    _ service: any SimulatedService, host: String = "127.0.0.1", port: Int = 0,
    certificate: SimulatedCertificate? = nil,
    limits: ServerLimits = ServerLimits(), on loop: ServerLoop? = nil
  ) async throws(SimulatorError) -> SimulatedServer {
    let state = ServerState(service: service, limits: limits, context: try certificate?.serverContext())
    let thread = loop ?? ServerLoop()
    let ownLoop = loop == nil ? thread : nil
    do {
      let listener = try await ServerBootstrap(group: thread.group)
        .serverChannelOption(.backlog, value: 128)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture { try ConnectionPipeline.prepare(channel, for: state) }
        }
        .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
        .bind(host: host, port: port).get()
      return SimulatedServer(
        state: state, listener: listener, host: host, port: listener.localAddress?.port ?? port, ownLoop: ownLoop)
    } catch {
      await ownLoop?.stop()
      throw SimulatorError.cannotListen(host: host, port: port, reason: "\(error)")
    }
  }

  /// What it has seen so far.
  public var counts: ServerCounts { state.counts }

  /// Greets the next connections with another certificate, as after a renewal. Those open keep theirs.
  /// - Throws: `SimulatorError` where it is not a certificate.
  public func replaceCertificate(_ certificate: SimulatedCertificate) throws(SimulatorError) {
    state.context = try certificate.serverContext()
  }

  /// Cuts every open connection, as when the server's host fails; new ones are welcome.
  public func cutConnections() async {
    await Self.close(state.connected())
  }

  /// Stops listening, closes what is open and waits for it; a second call does nothing.
  public func stop() async {
    await Self.close([listener])
    await Self.close(state.drain())
    await ownLoop?.stop()
  }

  private static func close(_ channels: [any Channel]) async {
    for channel in channels {
      channel.close(promise: nil)
    }
    for channel in channels {
      // The close future fails only where the channel was closed already, which is what is wanted.
      try? await channel.closeFuture.get()
    }
  }
}
