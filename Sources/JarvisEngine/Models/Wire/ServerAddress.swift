/// A model server's address as people write it.
enum ServerAddress {
  /// The address without trailing slashes and without `/v1`, which people paste with and without.
  static func root(of base: String) -> String {
    var root = base[...]
    func trim() { while root.last == "/" || root.last == " " { root.removeLast() } }
    while root.first == " " { root.removeFirst() }
    trim()
    if root.hasSuffix("/v1") {
      root.removeLast(3)
      trim()
    }
    return String(root)
  }
}
