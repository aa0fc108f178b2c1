import JarvisTerminal

/// Where the pieces of the framed centre stand, given how many rows each would like.
struct CentreLayout: Sendable, Equatable {
  /// The frame, its tab strip in the first row.
  let frame: Rect
  /// Lost link and notices.
  let banner: Rect
  /// The conversation or a list.
  let content: Rect
  /// The approval card with its border; empty where none is shown.
  let card: Rect
  let input: Rect

  /// The content keeps at least so many rows, whatever else wants room; a focused card may have those too.
  static let contentRows = 3
  /// A card with fewer rows could not show what it asks.
  static let cardRows = 7

  init(frame: Rect, contentRows: Int = contentRows, bannerRows: Int, cardRows: Int, inputRows: Int) {
    self.frame = frame
    // A blank column on either side keeps text off the border.
    let inner = frame.inset(horizontal: 2, vertical: 1)
    let inputHeight = min(max(1, inputRows), max(1, min(AppLimits.inputRows, inner.height / 3)))
    var free = max(0, inner.height - inputHeight)
    let cardHeight = cardRows > 0 ? min(cardRows, max(Self.cardRows, free - contentRows), free) : 0
    free -= cardHeight
    let bannerHeight = min(bannerRows, max(0, free - contentRows))
    free -= bannerHeight
    banner = Rect(x: inner.x, y: inner.y, width: inner.width, height: bannerHeight)
    content = Rect(x: inner.x, y: banner.maxY, width: inner.width, height: free)
    card = Rect(x: inner.x, y: content.maxY, width: inner.width, height: cardHeight)
    input = Rect(x: inner.x, y: card.maxY, width: inner.width, height: inputHeight)
  }
}
