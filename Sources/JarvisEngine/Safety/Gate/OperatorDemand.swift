/// What the operator once said about calls like this one (MEM-03). It makes the gate stricter, never milder.
public enum OperatorDemand: Sendable, Hashable {
  /// A person is asked each time, whatever else would let it run; the words as they were said.
  case ask(String)
  /// It is refused, whoever asks.
  case never(String)
}
