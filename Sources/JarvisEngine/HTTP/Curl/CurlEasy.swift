import CCurl

/// One libcurl easy handle with its header list. Lives on the worker's thread.
final class CurlEasy {
  let handle: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private let messageBuffer: UnsafeMutablePointer<CChar>

  /// - Throws: `HTTPError` when there is no memory.
  init() throws(HTTPError) {
    guard let handle = curl_easy_init() else { throw .refused("libcurl: no memory for a transfer") }
    self.handle = handle
    messageBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    messageBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try set(CURLOPT_ERRORBUFFER, pointer: messageBuffer)
    // No signals in a process with threads, and no waiting for a name server that hangs.
    try set(CURLOPT_NOSIGNAL, 1)
    try check(jarvis_set_quick_exit(handle))
    try check(jarvis_set_web_only(handle))
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    messageBuffer.deallocate()
  }

  /// libcurl's own words for the last failure; may be empty.
  var message: String { String(cString: messageBuffer) }

  func set(_ option: CURLoption, _ value: Int) throws(HTTPError) { try check(jarvis_set_long(handle, option, value)) }

  /// Nil takes libcurl's default away.
  func set(_ option: CURLoption, text: String?) throws(HTTPError) { try check(jarvis_set_text(handle, option, text)) }

  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws(HTTPError) {
    try check(jarvis_set_pointer(handle, option, pointer))
  }

  func set(_ option: CURLoption, blob: [UInt8]) throws(HTTPError) {
    try check(jarvis_set_blob(handle, option, blob, blob.count))
  }

  func set(_ option: CURLoption, function: @escaping jarvis_data_function) throws(HTTPError) {
    try check(jarvis_set_data_function(handle, option, function))
  }

  func set(body: [UInt8]) throws(HTTPError) { try check(jarvis_set_body(handle, body, body.count)) }

  /// Lines "Name: value", as `CURLOPT_HTTPHEADER` takes them.
  func set(headerLines: [String]) throws(HTTPError) {
    for line in headerLines {
      guard let longer = curl_slist_append(headerList, line) else { throw .refused("libcurl: no memory for headers") }
      headerList = longer
    }
    try set(CURLOPT_HTTPHEADER, pointer: headerList)
  }

  func long(_ info: CURLINFO) -> Int {
    var value = 0
    return jarvis_info_long(handle, info, &value) == CURLE_OK ? value : 0
  }

  func size(_ info: CURLINFO) -> Int {
    var value: curl_off_t = 0
    return jarvis_info_size(handle, info, &value) == CURLE_OK ? Int(value) : 0
  }

  /// No option is optional: one that this libcurl refuses ends the request before it begins.
  func check(_ code: CURLcode) throws(HTTPError) {
    guard code == CURLE_OK else {
      throw .malformed("libcurl does not take the request: \(String(cString: curl_easy_strerror(code)))")
    }
  }
}
