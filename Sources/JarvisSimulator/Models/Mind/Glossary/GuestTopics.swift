extension Glossary {
  static let guestTopics: [Entry] = [
    Entry(
      [
        "lxc", "container vs vm", "vm vs container", "lxc vs vm", "containers", "vm and a container",
        "container and a vm",
      ],
      "An LXC container shares the host's kernel: it starts in a second and costs little memory. A VM brings its own kernel: better isolated, able to run any system and to migrate live. Take a container for a plain Linux service, a VM for everything else, Docker included."
    ),
    Entry(
      ["unprivileged container", "unprivileged"],
      "In an unprivileged container, root inside is an ordinary user outside. It is the safe default; mounting host folders then needs matching user ids."
    ),
    Entry(
      ["kvm", "qemu"],
      "KVM is the kernel's virtualisation, QEMU the program that gives a VM its devices. Proxmox VE runs each VM as one QEMU process."
    ),
    Entry(
      ["guest agent", "qemu guest agent"],
      "The QEMU guest agent is a small service inside a VM. With it the host can shut the VM down cleanly, freeze its file systems for a backup and read its addresses."
    ),
    Entry(
      ["shutdown vs stop", "difference between shutdown and stop", "shutdown and stop", "stop and shutdown"],
      "A shutdown asks the guest to end by itself, as its own menu would. A stop cuts the power: whatever was not written is lost. Stop is for guests that no longer listen."
    ),
    Entry(
      ["restart a vm", "reboot a vm", "restart a container", "restart a guest", "reboot a container", "restart vm"],
      "Name the guest and say so – “restart pihole” – or type `/reboot` with its name: a card shows what will happen and asks you first. On a node's own shell it is `qm reboot VMID` for a VM and `pct reboot VMID` for a container."
    ),
    Entry(
      ["ballooning", "balloon"],
      "Ballooning lets the host take unused memory back from a VM between a minimum and its maximum. Handy for many idle guests; not for databases or for VMs with passed-through devices."
    ),
    Entry(
      ["virtio"],
      "VirtIO devices are made for VMs: disk and network without pretending to be old hardware, hence much faster. Linux has the drivers; Windows gets them from the virtio-win ISO."
    ),
    Entry(
      ["passthrough", "pcie passthrough", "iommu", "gpu passthrough"],
      "Passthrough hands a real device, such as a graphics card, to one VM. It needs IOMMU in firmware and kernel; the VM then can no longer migrate live."
    ),
    Entry(
      ["cloud init", "cloudinit"],
      "cloud-init sets up a VM at its first start: user, SSH keys, addresses. With a template and a cloud-init drive a new VM is ready in half a minute."
    ),
    Entry(
      ["snapshot"],
      "A snapshot holds a state to which you can return within seconds. It lives on the same disks as the guest, so it is no backup; and old ones cost space with every write."
    ),
    Entry(
      ["live migration", "migration", "migrate"],
      "A live migration moves a running VM to another node: its memory is copied while it works, with a pause of less than a second at the end. Containers are stopped and started instead. Local disks and passed-through devices make it slow or impossible."
    ),
    Entry(
      ["docker"],
      "Docker on Proxmox VE belongs into a VM. It works in a container too, but kernel features and upgrades of the host then get in its way."
    ),
  ]
}
