/// What kind of work a message is, from which the Claude model follows (`models.md`, routing, 7).
public enum WorkClass: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nothing to look up, nothing to do.
  case talk
  /// Reading only: the fast model.
  case read
  /// Diagnosis, or anything that may change the cluster: the strong model.
  case strong
}
