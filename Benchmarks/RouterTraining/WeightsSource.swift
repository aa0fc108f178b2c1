import Foundation
import JarvisRouting

/// The weights as the Swift source that carries them: an array literal of this size would take the compiler minutes, a
/// string takes it none.
public enum WeightsSource {
  public static func text(of model: IntentModel) -> String {
    let base64 = Data(model.bytes).base64EncodedString()
    var lines: [Substring] = []
    var rest = base64[...]
    while !rest.isEmpty {
      lines.append(rest.prefix(112))
      rest = rest.dropFirst(112)
    }
    return """
      // swift-format-ignore-file
      // Written by `jarvis-bench train-router`; `make check-router` retrains and compares. Do not edit.

      /// The trained weights of the intent model, as base64.
      enum IntentWeights {
        static let base64 = \"\"\"
      \(lines.map { "    " + $0 }.joined(separator: "\n"))
          \"\"\"
      }

      """
  }
}
