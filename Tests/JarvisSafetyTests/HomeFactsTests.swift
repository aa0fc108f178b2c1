import JarvisAPI
import JarvisSafety
import Testing

@Suite struct HomeFactsTests {
  @Test("FOUND-01 a virtual machine's configuration tells UUID, MAC addresses, storages of its disks and bridges")
  func machine() {
    let facts = HomeFacts(
      [
        "name": "jarvis", "smbios1": "uuid=6f3c1a9e-52aa-4c1b-9d0e-2f3b4c5d6e7f,base64=1",
        "net0": "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,firewall=1",
        "net1": "e1000=BC:24:11:AA:BB:CD,bridge=vmbr1,tag=5",
        "scsi0": "tank:vm-105-disk-0,discard=on,size=40G", "efidisk0": "local-lvm:vm-105-disk-1,efitype=4m",
        "ide2": "local:iso/debian.iso,media=cdrom,size=600M", "scsihw": "virtio-scsi-single", "net": 7,
        "ipconfig0": "ip=10.0.0.5/24,gw=10.0.0.1", "unused0": "old:vm-105-disk-9", "scsi1": "/dev/disk/by-id/x",
      ], place: .guest(vmid: 105, node: "agent", isContainer: false), name: "jarvis")
    #expect(facts.fingerprint.smbiosUUID == "6f3c1a9e-52aa-4c1b-9d0e-2f3b4c5d6e7f")
    #expect(facts.fingerprint.macs == ["BC:24:11:AA:BB:CC", "BC:24:11:AA:BB:CD"])
    #expect(facts.fingerprint.addresses == ["10.0.0.5/24"])
    #expect(facts.storages == ["local-lvm", "tank"] && facts.bridges == ["vmbr0", "vmbr1"])
  }

  @Test("FOUND-01 a container's, too; bind mounts are no storage, and dhcp no address")
  func container() {
    let facts = HomeFacts(
      [
        "hostname": "tools", "rootfs": "local-lvm:vm-105-disk-0,size=8G", "mp0": "tank:subvol-105-disk-0,mp=/data",
        "mp1": "/srv/data,mp=/srv", "net0": "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:05,ip=10.0.0.5/24,ip6=auto",
        "net1": "name=eth1,bridge=vmbr2,hwaddr=BC:24:11:00:00:06,ip=dhcp",
      ], place: .guest(vmid: 105, node: "agent", isContainer: true), name: "tools")
    #expect(facts.fingerprint.macs == ["BC:24:11:00:00:05", "BC:24:11:00:00:06"])
    #expect(facts.fingerprint.addresses == ["10.0.0.5/24"] && facts.fingerprint.smbiosUUID == nil)
    #expect(facts.storages == ["local-lvm", "tank"] && facts.bridges == ["vmbr0", "vmbr2"])
  }
}
