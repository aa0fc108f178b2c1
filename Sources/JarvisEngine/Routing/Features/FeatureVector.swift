/// What the model sees of a message: indices into its table of weights, in three groups that are scaled apart.
public struct FeatureVector: Sendable, Hashable {
  /// Few, made by hand: classes of words, names found, shape, what came before.
  public var traits: [UInt32] = []
  /// Words and pairs of words.
  public var words: [UInt32] = []
  /// Pieces of three to five letters.
  public var pieces: [UInt32] = []
  /// True where the message names something of the inventory, uses a word of the trade, or follows a turn about the cluster:
  /// no feature, but how much evidence a decision asks for.
  public var aboutCluster = false
}

/// What a message follows.
public enum Preceding: UInt8, Sendable, Hashable, CaseIterable {
  /// It begins a conversation, or nothing is known.
  case nothing
  /// Talk.
  case talk
  /// A turn about the cluster.
  case tools
  /// A turn about the cluster that ended in a question to the operator: "shall I?".
  case offer
}
