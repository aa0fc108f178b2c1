import JarvisAPI

/// What was wrong with a person's answer to an approval.
enum DecisionError: Error, Hashable {
  case notKeyHolder
  case unknown(ApprovalID)
  /// Decided, ended or running already: an approval is used once.
  case notPending(Approval)
  /// It had expired, or the clock was set; the actions still have to be done.
  case tooLate(Approval, [ApprovalBook.Action])
  /// The answer was meant for another call than the approval's.
  case otherCall(ApprovalID)
  case wrongWord(expected: String)
  /// RED, a batch, or asked in a turn that has read untrusted text.
  case notAllowable(ApprovalID)
  case noSnapshot(ApprovalID)
  /// It waits, ran, was refused, or was proposed again already.
  case notProposable(Approval)

  var userFacing: UserFacingError {
    switch self {
    case .notKeyHolder:
      error(.refused, "approval", "this screen does not hold the approval key", "answer on the screen that holds it")
    case .unknown(let id):
      error(.usage, "approval \(id.rawValue)", "there is no such approval", "see the list of what waits")
    case .notPending(let approval):
      error(.refused, name(approval), approval.state.words, "ask again if it is still wanted")
    case .tooLate(let approval, _):
      error(.refused, name(approval), approval.state.words, "ask again if it is still wanted")
    case .otherCall(let id):
      error(
        .refused, "approval \(id.rawValue)", "the answer was given to another call than this one",
        "look at the card again")
    case .wrongWord(let expected):
      error(.usage, "approval", "the word typed is not \"\(expected)\"", "type it exactly, or refuse with Esc")
    case .notAllowable(let id):
      error(
        .refused, "approval \(id.rawValue)", "this call cannot be allowed beyond this once",
        "approve it for this once, or refuse it")
    case .noSnapshot(let id):
      error(.usage, "approval \(id.rawValue)", "its card offers no snapshot", "approve it without, or refuse it")
    case .notProposable(let approval):
      error(
        .usage, name(approval),
        approval.canBeProposedAgain ? "it was proposed again already" : approval.state.words,
        "only what has expired or is void can be proposed again, once")
    }
  }

  private func name(_ approval: Approval) -> String { "approval \(approval.id.rawValue) (\(approval.tool))" }

  private func error(
    _ kind: UserFacingError.Kind, _ what: String, _ reason: String, _ advice: String
  ) -> UserFacingError {
    UserFacingError(kind, attempted: "decide \(what)", reason: reason, advice: advice)
  }
}

extension Approval.State {
  /// What became of it, as a clause: "it was refused: not now".
  fileprivate var words: String {
    switch self {
    case .pending: "it waits"
    case .running: "it was approved already and runs"
    case .done(let text): "it was approved already and is done: \(text)"
    case .failed(let text): "it was approved already and failed: \(text)"
    case .refused(let reason): reason.isEmpty ? "it was refused already" : "it was refused already: \(reason)"
    case .expired: "it has expired"
    case .void(let reason): "it is void: \(reason)"
    }
  }
}
