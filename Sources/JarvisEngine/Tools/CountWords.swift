/// "1 event", "3 events": how summaries count.
enum CountWords {
  /// - Parameter plural: where it is more than the noun with an s.
  static func of(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}
