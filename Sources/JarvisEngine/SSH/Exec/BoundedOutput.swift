/// One stream of a command's output up to a limit; what comes after is counted and let go.
struct BoundedOutput {
  let limit: Int
  private(set) var bytes: [UInt8] = []
  private(set) var isCut = false

  init(limit: Int) { self.limit = max(0, limit) }

  mutating func append(_ more: some Collection<UInt8>) {
    let room = limit - bytes.count
    if more.count > room { isCut = true }
    if room > 0 { bytes.append(contentsOf: more.prefix(room)) }
  }
}
