import JarvisAPI
import JarvisCost

extension WorkClass {
  /// How large such a turn usually is.
  public var shape: TurnShape {
    switch self {
    case .talk: .talk
    case .read: .read
    case .strong: .strong
    }
  }
}
