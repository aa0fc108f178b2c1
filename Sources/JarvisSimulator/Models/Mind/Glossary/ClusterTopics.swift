extension Glossary {
  static let clusterTopics: [Entry] = [
    Entry(
      ["quorum"],
      "Quorum means that more than half of the votes of a cluster see each other. Without it `/etc/pve` becomes read-only and nothing can be started or changed, so that two halves cannot both act. With an even number of nodes a QDevice gives the deciding vote."
    ),
    Entry(
      ["qdevice"],
      "A QDevice is a small service on a machine outside the cluster that gives one more vote. It saves two-node clusters, and those of even size, from losing quorum when half is down."
    ),
    Entry(
      ["corosync"],
      "Corosync carries membership and votes between nodes. It needs little bandwidth but low and steady latency: a network of its own keeps it from being starved by backups or storage traffic."
    ),
    Entry(
      ["split brain"],
      "Split brain is when parts of a cluster lose sight of each other and both act. Quorum prevents it: only the part with the majority may go on."
    ),
    Entry(
      ["high availability", "ha manager", "fencing"],
      "High availability restarts guests of a dead node elsewhere. The node is fenced first – its watchdog resets it – so that no guest runs twice. It needs quorum, three votes at least, and disks that the other nodes can reach."
    ),
    Entry(
      ["replication", "pvesr"],
      "Storage replication copies a guest's ZFS volumes to another node on a schedule. After a crash you lose the time since the last run; migration between those nodes becomes quick."
    ),
    Entry(
      ["upid"],
      "A UPID is the name of a task in Proxmox VE: node, process, start time, type, target and user in one string. With it the task's status and log can be read."
    ),
    Entry(
      ["api token"],
      "An API token is a key of its own for a program: it can have fewer rights than its user (privilege separation) and be revoked alone. Give a monitoring token PVEAuditor and nothing else."
    ),
    Entry(
      ["proxmox", "proxmox ve"],
      "Proxmox VE is a Debian-based platform for virtual machines and containers, with clustering, storage and backup under one interface. Jarvis talks to its API.",
      isName: true
    ),
  ]
}
