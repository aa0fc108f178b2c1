/// Opens the ports of a simulation.
enum Doorway {
  /// Attempts to find one port that is free on all loopback addresses.
  private static let attempts = 8

  typealias Opened = [(node: String, server: SimulatedServer)]

  static func open(
    _ options: Simulation.Options, shared: ProxmoxShared, certificates: CertificateOffice?, on loop: ServerLoop
  ) async throws(SimulatorError) -> Opened {
    var attempt = 1
    while true {
      var opened: Opened = []
      do throws(SimulatorError) {
        var port = options.firstPort
        for node in options.cluster.nodes {
          let server = try await SimulatedServer.start(
            ProxmoxService(entrance: node.name, shared: shared),
            host: options.ownAddresses ? node.address : "127.0.0.1", port: port,
            certificate: certificates?.current[node.name]?.certificate, limits: ProxmoxService.limits, on: loop)
          opened.append((node.name, server))
          port = options.ownAddresses ? server.port : port == 0 ? 0 : port + 1
        }
        return opened
      } catch {
        for (_, server) in opened { await server.stop() }
        guard options.ownAddresses, options.firstPort == 0, attempt < attempts else {
          await loop.stop()
          throw error
        }
        attempt += 1
      }
    }
  }
}
