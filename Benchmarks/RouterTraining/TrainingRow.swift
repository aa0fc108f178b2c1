import JarvisRouting

/// One generated message with its truth.
struct TrainingRow: Sendable {
  var text: String
  var features: FeatureVector
  var needsTools: Bool
  var strong: Bool?
  var weight: Double
  /// Kept out of the training, with its whole family, for calibration.
  var validates: Bool
}
