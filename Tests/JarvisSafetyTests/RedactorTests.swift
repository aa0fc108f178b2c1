import Foundation
import JarvisAPI
import JarvisSafety
import Testing

@Suite struct RedactorTests {
  static let redactor = Redactor(salt: [7])
  static let uuid = "1f0c7a52-8f3e-4f6a-9d0b-2b6c1f6f0e11"

  /// Texts with one secret each: what must be gone, and what must stay.
  static let corpus: [(text: String, secret: String, kept: String)] = [
    ("Authorization: PVEAPIToken=root@pam!jarvis=\(uuid)", uuid, "PVEAPIToken="),
    ("JARVIS_PVE_TOKEN=root@pam!jarvis=\(uuid)", uuid, "root@pam!jarvis="),
    ("token: \"root@pam!jarvis=\(uuid)\"", uuid, "root@pam!jarvis="),
    ("curl -H 'Authorization: PVEAPIToken=a@pve!x=\(uuid)' https://pve:8006", uuid, "' https://pve:8006"),
    ("│ full-tokenid │ root@pam!x │\n│ value        │ \(uuid) │", uuid, "root@pam!x"),
    (#"{"full-tokenid":"root@pam!x","info":{},"value":"\#(uuid)"}"#, uuid, "full-tokenid"),
    ("PVEAuthCookie=PVE:root@pam:65A1B2C3::Zm9vYmFyYmF6cXV4Zm9vYmFy+/==", "Zm9vYmFyYmF6", "PVEAuthCookie="),
    (#"{"ticket":"PVE:root@pam:65A1B2C3::Zm9vYmFyYmF6cXV4Zm9vYmFy"}"#, "Zm9vYmFyYmF6", "PVE:root@pam:65A1B2C3::"),
    ("CSRFPreventionToken: 65A1B2C3:abcdefghijklmnop", "abcdefghijklmnop", "CSRFPreventionToken: "),
    (
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\nZXktdjE\n-----END OPENSSH PRIVATE KEY-----\nok", "b3Blbn",
      "ok"
    ),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA cut off", "MIIEow", ""),
    (#"{"key":"-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n"}"#, "MIIEvQ", "\"key\""),
    ("mount smb://root:hunter22@nas/share", "hunter22", "@nas/share"),
    ("git clone https://ada:s3cr3t!pw@git.example.org/x.git", "s3cr3t!pw", "@git.example.org/x.git"),
    ("postgres://app:p%40ss:word@db:5432/app", "p%40ss:word", "postgres://app:"),
    ("cipassword: Winter2026", "Winter2026", "cipassword: "),
    (#"{"cipassword":"Winter 2026","ciuser":"ada"}"#, "Winter 2026", "ciuser"),
    ("#cloud-config\npassword: hunter22\nssh_pwauth: true", "hunter22", "ssh_pwauth: true"),
    ("chpasswd:\n  list: |\n    root:Sommer26\n    ada:x\nruncmd:\n  - echo hi", "Sommer26", "runcmd:"),
    ("chpasswd:\n  expire: false\n  list:\n    - root:Sommer26\n", "Sommer26", "expire: false"),
    ("echo 'root:hunter22' | chpasswd", "hunter22", "| chpasswd"),
    ("echo root:hunter22 | sudo chpasswd", "hunter22", "echo root:"),
    ("root:$6$abcdefgh$0123456789abcdefghijklmnopqrstuvwxyz./:19000:0:::", "0123456789abcdefghij", ":19000:0:::"),
    ("root:$y$j9T$saltsaltsalt$hashhashhashhashhashhash:19000:", "hashhashhash", ":19000:"),
    ("Authorization: Bearer abc.def-ghi", "abc.def-ghi", "Bearer "),
    ("authorization: Basic cm9vdDpodW50ZXIy", "cm9vdDpodW50ZXIy", "Basic "),
    (#"-H "x-api-key: 0123456789abcdef""#, "0123456789abcdef", "x-api-key: "),
    ("key is sk-ant-api03-AAAAbbbbCCCCddddEEEE-ffff today", "AAAAbbbb", "today"),
    ("export ANTHROPIC_API_KEY=sk-ant-api03-AAAAbbbbCCCCddddEEEE", "AAAAbbbb", "ANTHROPIC_API_KEY="),
    ("gh: ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_0123", "gh: "),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN", "dozjgNryP4", ""),
    ("MYSQL_ROOT_PASSWORD=hunter22 docker compose up", "hunter22", " docker compose up"),
    ("pvesm add cifs x --server nas --password hunter22 --share y", "hunter22", "--share y"),
    ("curl -u ada:hunter22 https://x", "hunter22", "-u ada:"),
    ("sshpass -p hunter22 ssh root@pve", "hunter22", "ssh root@pve"),
    ("PrivateKey = aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd28=", "aGVsbG8", "PrivateKey = "),
    (#"{\"password\":\"hunter22\",\"x\":1}"#, "hunter22", "x"),
    ("Set-Cookie: session=0123456789abcdef; path=/", "0123456789abcdef", "Set-Cookie: "),
  ]

  @Test("TEST-10 secrets of every kind are taken out, and what is none stays", arguments: corpus)
  func secrets(row: (text: String, secret: String, kept: String)) {
    let result = Self.redactor.redact(row.text)
    #expect(!result.contains(row.secret), "\(result)")
    #expect(result.contains("‹secret:"))
    #expect(row.kept.isEmpty || result.contains(row.kept), "\(result)")
    #expect(Self.redactor.redact(result) == result, "not idempotent")
  }

  @Test(
    "TEST-10 what holds no secret is left alone to the letter",
    arguments: [
      "Permission denied (publickey,password).", "the password is wrong", "password: null", "token = ${TOKEN}",
      "PASSWORD=$DB_PASSWORD", "max_tokens: 4096", "input_tokens=200", "cipassword: **********",
      "net0: virtio=BC:24:11:2A:3B:4C,bridge=vmbr0", "https://pve.example.org:8006/api2/json?x=a@b:c",
      "UPID:pve:0000030E:0005A11B:6B039820:qmstart:100:root@pam!full:", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ada@x",
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "scsi0: local-zfs:vm-101-disk-0,size=32G",
      "cost $5 and $6", "uuid=\(uuid)", "smbios1: uuid=\(uuid)", "task-sk-1", "ski-resort-in-the-mountains",
      "das Paßwort: ", "", "a:b", "://", "!", "--password", "token:", "x=", "chpasswd:", "echo a | chpasswd",
    ])
  func harmless(text: String) {
    #expect(Self.redactor.redact(text) == text)
  }

  @Test("TEST-10 a placeholder is the same for the same secret, and differs by salt")
  func stable() {
    let twice = Self.redactor.redact("password=hunter22 and password: hunter22 but password=other1")
    let marks = twice.matches(of: /‹secret:([0-9a-f]{4})›/).map { String($0.output.1) }
    #expect(marks.count == 3)
    #expect(marks[0] == marks[1] && marks[1] != marks[2])
    #expect(Redactor(salt: [8]).redact("password=hunter22") != Self.redactor.redact("password=hunter22"))
  }

  @Test("TEST-10 the program's own secrets are found in any disguise of place")
  func known() {
    let redactor = Redactor(salt: [7], known: ["0123-own-secret", "short"])
    let result = redactor.redact("x0123-own-secrety short 0123-own-secret")
    #expect(!result.contains("own-secret"))
    #expect(result.contains("short"))
    #expect(redactor.redact(result) == result)
  }

  @Test("TEST-10 JSON values are redacted by key and by content")
  func json() {
    let value: JSONValue = [
      "password": "a b c", "list": ["x", ["token": "abc"]], "token": 5, "ok": "https://a:bcd@x", "secret": "",
    ]
    let result = Self.redactor.redact(value)
    #expect(result["password"]?.string?.hasPrefix("‹secret:") == true)
    #expect(result["list"]?.array?[1]["token"]?.string?.hasPrefix("‹secret:") == true)
    #expect(result["token"] == 5 && result["secret"] == "")
    #expect(result["ok"]?.string?.hasPrefix("https://a:‹secret:") == true)
    #expect(Self.redactor.redact(result) == result)
  }

  @Test("TEST-10 any bytes are taken, and redacting twice is redacting once")
  func arbitrary() {
    var random = SystemRandomNumberGenerator()
    let parts = [
      "password", "=", ":", " ", "\"", "'", "\\", "://", "@", "!", "$6$", "-----BEGIN ", "PRIVATE KEY-----", "\n",
      "PVE:", "::", "‹secret:", "›", "chpasswd", "| ", "-u ", "--token ", "sk-ant-0123456789abcdefgh", "é", "x",
      Self.uuid, "Authorization", "value", "tokenid", "eyJ.a.b", "\u{0}",
    ]
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...14, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      let once = Self.redactor.redact(text)
      #expect(Self.redactor.redact(once) == once, "\(text.debugDescription)")
    }
  }

  @Test("TEST-10 the time grows with the length only: nothing is looked at over and over", .timeLimit(.minutes(1)))
  func linear() {
    for part in ["-----BEGIN ", "password=", "a://", "PVE:", "chpasswd:\n ", "| chpasswd", "!a", "$6$", "\"", "-u "] {
      let small = time(part, 500)
      let large = time(part, 4_000)
      // Eight times the text; forty leaves room for a busy machine and none for a square (sixty-four).
      #expect(large < max(small, .milliseconds(5)) * 40, "\(part): \(small) → \(large)")
    }
  }

  private func time(_ part: String, _ count: Int) -> Duration {
    let text = String(repeating: part, count: count)
    return (0..<2).map { _ in ContinuousClock().measure { _ = Self.redactor.redact(text) } }.min() ?? .zero
  }
}
