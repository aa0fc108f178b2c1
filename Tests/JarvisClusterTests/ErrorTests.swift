import JarvisAPI
import JarvisHTTP
import Testing

@testable import JarvisCluster

@Suite("Errors in words that help")
struct ErrorTests {
  private func read(_ status: Int, _ reason: String = "", _ body: String = "", node: String? = nil) -> ProxmoxError {
    ErrorReader.error(
      status: status, reason: reason, body: Array(body.utf8), attempted: "start guest 102 on agent", node: node)
  }

  @Test("FOUND-03 each status has its own kind and its own advice")
  func statuses() {
    let all: [(ProxmoxError, ProxmoxError.Kind, UserFacingError.Kind, String)] = [
      (
        read(400, "Parameter verification failed.", #"{"errors":{"vmid":"not a number\n"},"data":null}"#),
        .badParameters(["vmid": "not a number"]), .usage, "check vmid"
      ),
      (read(401, "No ticket"), .unauthenticated, .configuration, "USER@REALM!ID=UUID"),
      (read(401, "Authentication failed!"), .unauthenticated, .configuration, "expired"),
      (
        read(403, "Permission check failed (/vms/102, VM.PowerMgmt)"),
        .forbidden(path: "/vms/102", privilege: "VM.PowerMgmt"),
        .configuration, "pveum role add JarvisExtra --privs VM.PowerMgmt && pveum acl modify /vms/102"
      ),
      (
        read(403, "Permission check failed (user != root@pam)"), .forbidden(path: nil, privilege: nil), .configuration,
        "root@pam"
      ),
      (read(404, "No such entry"), .notFound, .negative, "/guests"),
      (read(500, "VM is locked (backup)"), .failed, .negative, "wait for that task"),
      (read(500, "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist"), .failed, .negative, "moved"),
      (read(500, "checksum mismatch (file change by other user?)"), .failed, .negative, "read it again"),
      (read(500, "can't remove VM 101 - protection mode enabled"), .failed, .negative, "protected"),
      (read(500, "QEMU guest agent is not running"), .failed, .negative, "runs inside the guest"),
      (read(500, "VM 100 not running"), .failed, .negative, "nothing to do"),
      (read(500, "cluster not ready - no quorum?"), .failed, .negative, "majority"),
      (read(501, "Method 'GET /x' not implemented"), .notImplemented, .negative, "version"),
      (read(506, "upload 'Content-Type 'text/plain' not implemented"), .badContentType, .fault, "defect"),
      (
        read(595, "Connection refused", node: "backup"), .nodeUnreachable(node: "backup"), .unreachable,
        "node backup is down"
      ),
      (
        read(596, "tls_process_server_certificate: certificate verify failed", node: "agent"),
        .nodeBroken(node: "agent"),
        .unreachable, "pvecm updatecerts"
      ),
      (read(301, "Moved Permanently"), .other(status: 301), .unreachable, "https://"),
      (read(503, "Service Unavailable"), .other(status: 503), .unreachable, "proxy"),
    ]
    var advices: Set<String> = []
    for (error, kind, fault, advice) in all {
      #expect(error.kind == kind)
      #expect(error.userFacing.kind == fault)
      #expect(error.advice.contains(advice), "\(error.reason): \(error.advice)")
      #expect(error.userFacing.attempted == "start guest 102 on agent")
      advices.insert(error.advice)
    }
    #expect(advices.count == all.count, "each its own")
  }

  @Test("FOUND-03 failures before an answer have their own advice too")
  func transfers() {
    let all: [(HTTPError, UserFacingError.Kind, String)] = [
      (.refused("connection refused"), .unreachable, "pveproxy"), (.timeout(.connect), .unreachable, "hangs"),
      (.timeout(.firstByte), .unreachable, "hangs"), (.nameNotFound(host: "pve"), .unreachable, "address"),
      (.untrusted("self-signed certificate"), .configuration, "init"),
      (.fingerprintChanged(actual: "AA:BB"), .configuration, "pin the new fingerprint"),
      (.cut("eof"), .unreachable, "network"),
      (.malformed("not HTTP"), .unreachable, "8006"), (.tooLarge(limit: 5), .unreachable, "8006"),
    ]
    for (failure, kind, advice) in all {
      let error = ErrorReader.error(failure, endpoint: "node pve (https://10.0.0.1:8006)", attempted: "read")
      #expect(
        error.userFacing.kind == kind
          && error.reason.contains(failure == .nameNotFound(host: "pve") ? "pve" : "10.0.0.1"))
      #expect(error.advice.contains(advice), "\(error.advice)")
    }
  }

  @Test("FOUND-03 the reason is found wherever it stands")
  func reasons() {
    #expect(read(500, "first", #"{"data":null,"message":"from the body\nsecond line\n"}"#).reason == "from the body")
    #expect(read(500, "from the phrase", #"{"data":null}"#).reason == "from the phrase")
    #expect(read(501, "", "for data too large").reason == "for data too large")
    #expect(read(502, "Bad Gateway", "<html><body>nginx</body></html>").reason == "Bad Gateway")
    #expect(read(500, "", #"{"data":null}"#).reason.contains("without a reason"))
    #expect(
      read(400, "", #"{"errors":{"vmid":"VM 200 already exists"},"data":null}"#).reason.hasSuffix(
        "vmid: VM 200 already exists"))
    #expect(read(401, "Authentication \u{1B}[31mfailed!").reason == "Authentication failed!")
    #expect(
      read(403, "Permission check failed (, Datastore.Audit|Datastore.AllocateSpace)").kind
        == .forbidden(path: nil, privilege: "Datastore.Audit|Datastore.AllocateSpace"))
  }

  @Test("FOUND-03 secrets never reach words or dumps")
  func secrets() throws {
    let token = try Fixture.token()
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), dumped, "\([token])"] { #expect(!text.contains(Fixture.uuid)) }
    #expect(token.id == "jarvis@pve!console")
    for bad in [
      "", "x", "a=\(Fixture.uuid)", "a!b=\(Fixture.uuid)", "a@b!=\(Fixture.uuid)", "a@b!c=12", "a@b!c",
      "a b@c!d=\(Fixture.uuid)",
    ] {
      #expect { try APIToken(parsing: bad) } throws: { error in
        let words = "\(error)"
        return words.contains("USER@REALM!ID=UUID") && !words.contains(Fixture.uuid)
      }
    }
    #expect(try APIToken(parsing: " PVEAPIToken=\(Fixture.tokenText)\n").id == token.id)
  }
}
