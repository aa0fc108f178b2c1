import CCurl

/// One request on the worker's thread: sets libcurl up for it and hands what comes in to its `TransferOutput`.
final class CurlTransfer: CurlJob {
  let easy: CurlEasy
  private let request: HTTPRequest
  private let target: RequestTarget
  private let output: TransferOutput
  private let clock = ContinuousClock()
  private var deadlines: TransferDeadlines
  private var head = HTTPHeadParser()
  private var pin: PinCheck?
  /// Bytes of the body after decompression.
  private var received = 0
  /// Bytes of the request's body that were out when somebody last looked.
  private var sent = 0
  /// How often libcurl was about to send the request.
  private var attempts = 0
  private var triedFreshConnection = false
  /// Why a callback ended the transfer; libcurl only knows that one did.
  private var verdict: HTTPError?

  /// - Throws: `HTTPError` if libcurl does not take the request.
  init(
    _ request: HTTPRequest, target: RequestTarget, output: TransferOutput, proxies: ProxySettings, limits: CurlLimits
  ) throws(HTTPError) {
    self.request = request
    self.target = target
    self.output = output
    deadlines = TransferDeadlines(request.timeouts, now: clock.now)
    easy = try CurlEasy()
    try RequestOptions(request, target, proxies, limits).apply(to: easy)
    if target.isEncrypted { pin = try TrustOptions(request.trust).apply(to: easy) }
    try listen()
  }

  private func listen() throws(HTTPError) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    try easy.set(CURLOPT_WRITEDATA, pointer: me)
    try easy.set(CURLOPT_HEADERDATA, pointer: me)
    try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
      guard let bytes, let user else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
      let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return transfer.headerArrived(line) ? line.count : 0
    }
    try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
      guard let bytes, let user else { return 0 }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
      return transfer.bodyArrived(UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
    try easy.check(
      jarvis_set_prerequest(
        easy.handle,
        { user, _, _, _, _ in
          guard let user else { return CURL_PREREQFUNC_ABORT }
          let transfer = Unmanaged<CurlTransfer>.fromOpaque(user).takeUnretainedValue()
          return transfer.mayBeSent() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }, me))
  }

  // MARK: What libcurl calls

  /// The connection stands, new or reused, and nothing of the request has been sent on it.
  private func mayBeSent() -> Bool {
    if let pin, !pin.holds(on: easy) { return false }
    attempts += 1
    // libcurl repeats a request when a reused connection turns out dead. It cannot know whether the server acted on it.
    if attempts > 1 && !request.mayBeRepeated {
      verdict = .cut("\(target.origin) closed a connection it had kept open; the request may have been carried out")
      return false
    }
    deadlines.sending(at: clock.now)
    return true
  }

  private func headerArrived(_ line: UnsafeRawBufferPointer) -> Bool {
    deadlines.received(at: clock.now)
    do {
      if let head = try head.consume(line) { output.deliver(head: head) }
      return true
    } catch {
      verdict = error
      return false
    }
  }

  /// How many bytes were taken; less than all ends the transfer, `jarvis_write_pause` has them offered again.
  private func bodyArrived(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard received + bytes.count <= request.maximumBodyBytes else {
      verdict = .tooLarge(limit: request.maximumBodyBytes)
      return 0
    }
    guard output.deliver(bytes) else {
      deadlines.paused()
      return jarvis_write_pause()
    }
    received += bytes.count
    deadlines.received(at: clock.now)
    return bytes.count
  }

  // MARK: What the loop calls

  var deadline: ContinuousClock.Instant { deadlines.next }

  func expired(at now: ContinuousClock.Instant) -> HTTPError? {
    guard let phase = deadlines.expired(at: now) else { return nil }
    let sentNow = easy.size(CURLINFO_SIZE_UPLOAD_T)
    if phase == .firstByte, sentNow > sent {
      // The clock for the first byte runs from the request's last: as long as a body goes out, it has not begun.
      sent = sentNow
      deadlines.sending(at: now)
      return nil
    }
    return .timeout(phase)
  }

  func resume(at now: ContinuousClock.Instant) {
    deadlines.resumed(at: now)
    // A refusal means that the transfer is over; libcurl reports that by itself.
    curl_easy_pause(easy.handle, CURLPAUSE_CONT)
  }

  func finished(_ code: CURLcode, at now: ContinuousClock.Instant) -> Bool {
    if code == CURLE_OK {
      output.finish(.success(()))
      return false
    }
    if let pin, pin.mismatch != nil, attempts == 0, !triedFreshConnection, easy.long(CURLINFO_NUM_CONNECTS) == 0 {
      // A kept connection was made under another pin. What the server presents now decides; nothing was sent yet.
      return triesFreshConnection(at: now)
    }
    failed(error(for: code))
    return false
  }

  func failed(_ error: HTTPError) { output.finish(.failure(error)) }

  private func triesFreshConnection(at now: ContinuousClock.Instant) -> Bool {
    triedFreshConnection = true
    do {
      try easy.set(CURLOPT_FRESH_CONNECT, 1)
    } catch {
      failed(error)
      return false
    }
    deadlines.reconnecting(at: now)
    return true
  }

  private func error(for code: CURLcode) -> HTTPError {
    if let verdict { return verdict }
    if let actual = pin?.mismatch { return .fingerprintChanged(actual: actual.description) }
    return CurlFailure(code: code, easy: easy, target: target, phase: deadlines.phase).error
  }
}

extension HTTPRequest {
  /// Whether the method may be carried out twice without harm (RFC 9110, 9.2.2).
  var mayBeRepeated: Bool { ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(method) }
}
