import Foundation
import JarvisAPI

extension AppState {
  /// Asks about each host key that waits for a person and was not asked about on this screen yet.
  mutating func ask(_ waiting: [HostKeyQuestion]) {
    for question in waiting where !mirror.hostKeys.contains(question) { open(.trust(TrustQuestion(question))) }
    mirror.take(waiting)
  }
}

extension TrustQuestion {
  /// A host key as the screen asks about it.
  init(_ question: HostKeyQuestion) {
    self.init(
      question.pinned.isEmpty ? .firstContact : .changed(from: question.pinned.joined(separator: ", ")),
      subject: "the SSH host key of \(question.node.sanitisedLine) (\(question.host.sanitisedLine))",
      fingerprint: question.fingerprint,
      details: [
        "It is a key of type \(question.keyType).",
        "Compare it on the node's own console: \(question.commandToCompare)",
      ],
      accept: .trustHostKey(node: question.node, fingerprint: question.fingerprint))
  }
}
