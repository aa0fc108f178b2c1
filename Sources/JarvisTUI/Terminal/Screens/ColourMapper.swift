/// Maps colours to the numbers that ncurses knows them by, nearest in a perceptual space.
struct ColourMapper {
  let mode: ColourMode
  /// How many colours terminfo promises; a mode of 16 on a terminal of 8 uses 8.
  let colourCount: Int

  private var known: [RGB: Int32] = [:]
  /// Themes have some hundreds of colours; more are not remembered.
  static let maximumKnown = 4_096

  init(mode: ColourMode, colourCount: Int) {
    self.mode = mode
    self.colourCount = colourCount
  }

  /// -1 is the terminal's own.
  mutating func number(of colour: RGB?) -> Int32 {
    guard let colour, mode != .mono else { return -1 }
    if mode == .direct { return Self.direct(colour) }
    if let number = known[colour] { return number }
    let number = mode == .indexed256 ? Self.indexed256(colour) : Self.nearest(colour, in: basic)
    if known.count >= Self.maximumKnown { known.removeAll() }
    known[colour] = number
    return number
  }

  /// Direct mode keeps 0 to 7 for the terminal's own palette: the nearest colours above stand for them.
  static func direct(_ colour: RGB) -> Int32 {
    let value = Int32(colour.red) << 16 | Int32(colour.green) << 8 | Int32(colour.blue)
    return value < 8 ? 0x010101 : value
  }

  /// The levels of xterm's cube; not evenly spaced.
  static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  /// Colours 16 to 255: the cube and the greys. The first 16 belong to the user.
  static let palette256: [(number: Int32, space: Oklab)] = {
    var all: [(Int32, Oklab)] = []
    for red in 0..<6 {
      for green in 0..<6 {
        for blue in 0..<6 {
          all.append((Int32(16 + 36 * red + 6 * green + blue), Oklab(RGB(levels[red], levels[green], levels[blue]))))
        }
      }
    }
    for step in 0..<24 {
      let level = UInt8(8 + 10 * step)
      all.append((Int32(232 + step), Oklab(RGB(level, level, level))))
    }
    return all
  }()

  static func indexed256(_ colour: RGB) -> Int32 { nearest(colour, in: palette256) }

  private var basic: [(number: Int32, space: Oklab)] {
    Array(Self.palette16.prefix(colourCount >= 16 ? 16 : 8))
  }

  /// The usual first 16 of xterm. A user may have others; there is no way to know.
  private static let palette16: [(number: Int32, space: Oklab)] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
    RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ].enumerated().map { (Int32($0.offset), Oklab($0.element)) }

  private static func nearest(_ colour: RGB, in palette: [(number: Int32, space: Oklab)]) -> Int32 {
    let space = Oklab(colour)
    return palette.min { $0.space.distance(to: space) < $1.space.distance(to: space) }?.number ?? -1
  }
}
