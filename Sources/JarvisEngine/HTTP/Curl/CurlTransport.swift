/// HTTP over libcurl's multi interface: HTTP/2 where a server offers it, connections kept and reused, bodies
/// streamed with backpressure.
///
/// All transfers run on one thread, which is started by the first request and ends after the transport is dropped
/// and its last transfer over. Proxies are taken from the environment, but never for this machine itself.
public final class CurlTransport: HTTPTransport {
  let worker: CurlWorker
  private let proxies: ProxySettings
  private let limits: CurlLimits

  /// Costs nothing: libcurl and its thread come up with the first request.
  /// - Parameter environment: read for `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`.
  public init(environment: [String: String], limits: CurlLimits = CurlLimits()) {
    worker = CurlWorker(limits: limits)
    proxies = ProxySettings(environment: environment)
    self.limits = limits
  }

  deinit { worker.stop() }

  public func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let target = try RequestTarget(request.url)
    if Task.isCancelled { throw .cancelled }
    try worker.start()
    let id = worker.newID()
    let output = TransferOutput(limit: limits.queuedBytes, worker: worker, id: id)
    worker.submit(
      .start(id) { [proxies, limits] in
        do throws(HTTPError) {
          return try CurlTransfer(request, target: target, output: output, proxies: proxies, limits: limits)
        } catch {
          output.finish(.failure(error))
          return nil
        }
      })
    // Closes the transfer if the head never gets here, else when its reader lets go.
    let body = HTTPBody(source: output)
    return HTTPResponse(head: try await output.head(), body: body)
  }

  /// Runs a probe beside the transfers.
  func probe(_ target: RequestTarget, connect: Duration) async throws(HTTPError) -> PresentedChain {
    if Task.isCancelled { throw .cancelled }
    try worker.start()
    let output = ProbeOutput(worker: worker, id: worker.newID())
    worker.submit(
      .start(output.id) { [proxies] in
        do throws(HTTPError) {
          return try CurlProbe(target, output: output, proxies: proxies, connect: connect)
        } catch {
          output.finish(.failure(error))
          return nil
        }
      })
    return try await output.chain()
  }
}
