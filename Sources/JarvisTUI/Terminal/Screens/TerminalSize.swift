import CNcurses

/// The size of a terminal, as the kernel knows it.
public enum TerminalSize {
  /// - Returns: nil where the descriptor is no terminal, or one that does not know.
  public static func of(_ descriptor: Int32) -> Size? {
    var (columns, rows): (Int32, Int32) = (0, 0)
    guard jarvis_window_size(descriptor, &columns, &rows) == 0 else { return nil }
    return Size(columns: Int(columns), rows: Int(rows))
  }
}
