/// A request's path behind `/api2/FORMAT`.
struct APIPath {
  /// "json", or whatever was asked for; nil outside the API.
  let format: String?
  /// Decoded parts of the method's path.
  let parts: [Substring]
  /// The path as messages show it: each byte of a non-ASCII character as a character of its own, as Proxmox does.
  let display: String
  /// What lies outside the API.
  let outside: APIFailure

  init(_ request: SimulatedRequest) {
    let raw = request.rawPath.split(separator: "/")
    if raw.count >= 2, raw[0] == "api2" {
      format = String(raw[1])
      parts = raw.dropFirst(2).map { Substring(PercentCoding.decode(String($0), plusIsSpace: false)) }
    } else {
      format = nil
      parts = []
    }
    display = Self.bytewise("/" + parts.joined(separator: "/"))
    outside =
      raw.isEmpty
      ? .bare(status: 500, "file error - /usr/share/pve-manager/index.html.tpl: not found\n")
      : .bare(status: 500, "no such file '\(Self.bytewise(request.path))'\n")
  }

  private static func bytewise(_ text: String) -> String {
    String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
  }
}
