import Foundation

/// The trained model: does a message need tools, and if so, is it more than reading?
public struct IntentModel: Sendable, Hashable {
  public var needsTools: LinearHead
  /// Diagnosis or change, against reading only.
  public var strongWork: LinearHead
  /// Of the corpus and the feature code that these weights were trained with.
  public var fingerprint: UInt64

  /// Where nothing at all speaks of the cluster, this much is asked for; else `needsTools.threshold`.
  public static let farThreshold = 0.5

  /// Whether tools are needed, at a probability.
  public func needs(_ probability: Double, _ features: FeatureVector) -> Bool {
    probability >= (features.aboutCluster ? needsTools.threshold : max(needsTools.threshold, Self.farThreshold))
  }

  public init(needsTools: LinearHead, strongWork: LinearHead, fingerprint: UInt64) {
    self.needsTools = needsTools
    self.strongWork = strongWork
    self.fingerprint = fingerprint
  }

  /// The weights that are part of the program (`Resources/IntentWeights.swift`).
  ///
  /// Damaged ones cannot be shipped: a test decodes them. Without any, all is taken to need tools.
  public static let embedded: IntentModel =
    Data(base64Encoded: IntentWeights.base64, options: .ignoreUnknownCharacters).flatMap { IntentModel(Array($0)) }
    ?? .unsure

  /// Sends everything to the model with tools.
  public static let unsure = IntentModel(
    needsTools: LinearHead(weights: [0], scale: 1, bias: 9, threshold: 0),
    strongWork: LinearHead(weights: [0], scale: 1, bias: 1, threshold: 0), fingerprint: 0)

  private static let magic: [UInt8] = Array("JRV1".utf8)

  /// The bytes of a model: magic, fingerprint, then per head five numbers, the size of the table, the table.
  public var bytes: [UInt8] {
    var bytes = Self.magic
    func append(_ value: UInt64) {
      for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    append(fingerprint)
    for head in [needsTools, strongWork] {
      for number in [head.scale, head.bias, head.slope, head.shift, head.threshold] { append(number.bitPattern) }
      append(UInt64(head.weights.count))
      bytes.append(contentsOf: head.weights.map { UInt8(bitPattern: $0) })
    }
    return bytes
  }

  /// Nil where the bytes are not a model's.
  public init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic) else { return nil }
    var position = Self.magic.count
    func number() -> UInt64? {
      guard position + 8 <= bytes.count else { return nil }
      defer { position += 8 }
      return (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }
    func head() -> LinearHead? {
      var numbers: [Double] = []
      for _ in 0..<5 {
        guard let value = number() else { return nil }
        numbers.append(Double(bitPattern: value))
      }
      guard let size = number(), size > 0, size <= 1 << 20, size & (size - 1) == 0, position + Int(size) <= bytes.count
      else { return nil }
      defer { position += Int(size) }
      return LinearHead(
        weights: bytes[position..<position + Int(size)].map { Int8(bitPattern: $0) }, scale: numbers[0],
        bias: numbers[1], slope: numbers[2], shift: numbers[3], threshold: numbers[4])
    }
    guard let fingerprint = number(), let needsTools = head(), let strongWork = head(), position == bytes.count else {
      return nil
    }
    self.init(needsTools: needsTools, strongWork: strongWork, fingerprint: fingerprint)
  }
}
