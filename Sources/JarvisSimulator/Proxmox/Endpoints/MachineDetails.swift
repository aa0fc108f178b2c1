import JarvisAPI

/// What QEMU itself tells of a running machine: `status/current`, and lists with `full`.
enum MachineDetails {
  static func fields(_ guest: GuestState, _ cluster: SimulatedCluster) -> [String: JSONValue] {
    var row: [String: JSONValue] = ["qmpstatus": .string(guest.power.rawValue)]
    guard guest.power != .stopped else { return row }
    let transfer = cluster.diskTransfer(of: guest, at: cluster.now)
    let memory = guest.configuration.memory
    let free = memory - cluster.memory(of: guest, at: cluster.now)
    row["running-machine"] = "pc-i440fx-10.1+pve0"
    row["running-qemu"] = "10.1.2"
    row["balloon"] = .int(memory)
    row["freemem"] = .int(free)
    row["diskread"] = .int(transfer.read)
    row["diskwrite"] = .int(transfer.written)
    row["blockstat"] = ["scsi0": blockStatistics(read: transfer.read, written: transfer.written)]
    row["proxmox-support"] = [
      "backup-fleecing": true, "backup-max-workers": true, "pbs-dirty-bitmap": true,
      "pbs-dirty-bitmap-migration": true, "pbs-dirty-bitmap-savevm": true, "pbs-library-version": "1.5.2 (UNKNOWN)",
      "pbs-masterkey": true, "query-bitmap-info": true,
    ]
    row["ballooninfo"] = [
      "actual": .int(memory), "max_mem": .int(memory), "total_mem": .int(memory * 97 / 100), "free_mem": .int(free),
      "last_update": .int(Int(cluster.broadcastAt)), "major_page_faults": 1234,
      "minor_page_faults": .int(cluster.uptime(of: guest, at: cluster.now) * 40), "mem_swapped_in": 0,
      "mem_swapped_out": 0,
    ]
    return row
  }

  /// Counters of one disk; operations of 64 KiB.
  private static func blockStatistics(read: Int, written: Int) -> JSONValue {
    let (reads, writes) = (read >> 16, written >> 16)
    return [
      "rd_bytes": .int(read), "wr_bytes": .int(written), "rd_operations": .int(reads), "wr_operations": .int(writes),
      "rd_total_time_ns": .int(reads * 350_000), "wr_total_time_ns": .int(writes * 820_000), "rd_merged": 0,
      "wr_merged": 0, "flush_operations": .int(writes / 28), "flush_total_time_ns": .int(writes * 35_000),
      "unmap_bytes": 0, "unmap_operations": 0, "failed_rd_operations": 0, "failed_wr_operations": 0,
      "invalid_rd_operations": 0, "invalid_wr_operations": 0, "account_failed": true, "account_invalid": true,
      "idle_time_ns": 1_234_567, "wr_highest_offset": 12_884_901_888, "timed_stats": [],
    ]
  }
}
