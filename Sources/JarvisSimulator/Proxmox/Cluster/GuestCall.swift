/// The lifecycle calls of a guest, under the API's own words.
enum GuestCall: String, CaseIterable, Sendable {
  case start, shutdown, reboot, stop, suspend, resume, reset

  /// The type of the task that it starts.
  func taskType(_ kind: GuestConfiguration.Kind) -> String {
    switch kind {
    case .qemu: self == .suspend ? "qmpause" : "qm" + rawValue
    case .lxc: "vz" + rawValue
    }
  }

  /// Seconds it usually takes.
  func seconds(_ kind: GuestConfiguration.Kind) -> Double {
    switch self {
    case .start: kind == .qemu ? 3 : 2
    case .shutdown: kind == .qemu ? 6 : 4
    case .reboot: kind == .qemu ? 9 : 6
    case .stop: 1
    case .suspend, .resume, .reset: 0
    }
  }
}

/// A call refused at once, before any task.
struct CallRefused: Error {
  /// Goes out with status 500.
  let text: String
}
