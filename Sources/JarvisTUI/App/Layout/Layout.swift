import JarvisTerminal

/// Where the big pieces stand: a pure function of the terminal's size.
///
/// ```
/// header
/// left │ centre │ right
/// status
/// footer
/// ```
struct Layout: Sendable, Equatable {
  /// How many columns there is room for.
  enum Shape: Sendable, Equatable {
    case tooSmall
    /// The centre alone; the outer columns are views.
    case one
    /// The left column and the centre.
    case two
    case three
  }

  /// A phone's ssh client: less than this and Jarvis only says how much it needs.
  static let minimum = Size(columns: 45, rows: 20)
  /// From this width on there are two columns.
  static let twoColumns = 90
  /// From this width on there are three.
  static let threeColumns = 120
  /// An outer column is never wider: its figures would only drift apart.
  static let widestColumn = 48

  let shape: Shape
  let header: Rect
  let left: Rect
  let centre: Rect
  let right: Rect
  let status: Rect
  let footer: Rect

  init(size: Size) {
    let columns = max(0, size.columns)
    let rows = max(0, size.rows)
    guard columns >= Self.minimum.columns, rows >= Self.minimum.rows else {
      self.init(shape: .tooSmall, size: size, side: 0)
      return
    }
    if columns >= Self.threeColumns {
      self.init(shape: .three, size: size, side: min(Self.widestColumn, columns / 5))
    } else if columns >= Self.twoColumns {
      self.init(shape: .two, size: size, side: max(26, columns / 4))
    } else {
      self.init(shape: .one, size: size, side: 0)
    }
  }

  private init(shape: Shape, size: Size, side: Int) {
    self.shape = shape
    let none = Rect(x: 0, y: 0, width: 0, height: 0)
    guard shape != .tooSmall else {
      (header, left, centre, right, status, footer) = (none, none, none, none, none, none)
      return
    }
    let height = size.rows - 3
    header = Rect(x: 0, y: 0, width: size.columns, height: 1)
    status = Rect(x: 0, y: size.rows - 2, width: size.columns, height: 1)
    footer = Rect(x: 0, y: size.rows - 1, width: size.columns, height: 1)
    left = shape == .one ? none : Rect(x: 0, y: 1, width: side, height: height)
    right = shape == .three ? Rect(x: size.columns - side, y: 1, width: side, height: height) : none
    let start = left.isEmpty ? 0 : side + 1
    let end = right.isEmpty ? size.columns : right.x - 1
    centre = Rect(x: start, y: 1, width: end - start, height: height)
  }
}
