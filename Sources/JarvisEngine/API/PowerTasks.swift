import Foundation

/// Task types by what they do; the words are Proxmox's.
public enum PowerTasks {
  /// After these a guest is down because somebody wanted it.
  public static let stopping: Set<String> = [
    "qmstop", "qmshutdown", "qmreboot", "qmreset", "qmsuspend", "vzstop", "vzshutdown", "vzreboot", "vzsuspend",
    "hastop",
    "hashutdown", "qmdestroy", "vzdestroy", "stopall", "qmrollback", "vzrollback", "qmigrate", "vzmigrate",
  ]
  private static let silent: Set<String> = [
    "qmstart", "qmresume", "qmpause", "vzstart", "vzresume", "hastart", "startall", "vncproxy", "vncshell", "termproxy",
    "spiceproxy", "spiceshell", "srvreload", "aptupdate",
  ]
  /// True for tasks that need no telling: the guest's own state tells what they did, consoles come and go.
  public static func isSilent(_ type: String) -> Bool { silent.contains(type) || stopping.contains(type) }
}

extension ClusterTask {
  /// True where this task, which did not fail, is why the guest was found down at `moment`.
  /// - Parameter window: seconds between the task and the moment at most.
  public func ordered(stopOf vmid: Int, at moment: Date, within window: TimeInterval) -> Bool {
    guard target == String(vmid), PowerTasks.stopping.contains(type) else { return false }
    if case .failed = outcome { return false }
    return abs(moment.timeIntervalSince(endedAt ?? startedAt)) < window
  }
}
