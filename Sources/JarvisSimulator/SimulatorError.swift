/// Why a part of the simulator could not start.
public enum SimulatorError: Error, Sendable, Hashable, CustomStringConvertible {
  case cannotListen(host: String, port: Int, reason: String)
  case badCertificate(reason: String)
  /// A configuration that contradicts itself, e.g. two guests with one vmid.
  case badConfiguration(String)

  public var description: String {
    switch self {
    case .cannotListen(let host, let port, let reason):
      "The simulator cannot listen on \(host):\(port): \(reason). Take another port, or 0 for a free one."
    case .badCertificate(let reason):
      "The simulator's certificate cannot be made or used: \(reason)."
    case .badConfiguration(let what):
      "The simulated cluster's configuration contradicts itself: \(what)."
    }
  }
}
