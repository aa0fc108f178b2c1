/// A node's certificate as `/nodes/{node}/certificates/info` and `/nodes` show it.
struct NodeCertificate: Sendable {
  let certificate: SimulatedCertificate
  let names: [String]
  let issuer: String
  /// Seconds since 1970.
  let notBefore: Int
  let notAfter: Int
}
