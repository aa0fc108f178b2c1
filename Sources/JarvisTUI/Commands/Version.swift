/// The program's version; `CHANGELOG.md` tells what is in it.
enum Version {
  static let text = "0.1.0"
}
