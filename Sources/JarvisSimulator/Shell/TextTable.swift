/// Columns of text as command-line tools line them up.
enum TextTable {
  enum Side: Sendable { case left, right }

  static func text(_ rows: [[String]], _ sides: [Side]) -> String {
    let widths = sides.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column -> String in
        let gap = String(repeating: " ", count: widths[column] - row[column].count)
        return sides[column] == .left ? row[column] + gap : gap + row[column]
      }
      var line = cells.joined(separator: " ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// Bytes as `df -h` writes them: three digits and a binary unit.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    for unit in ["", "K", "M", "G", "T"] {
      if value < 1000 || unit == "T" {
        return (value < 10 && !unit.isEmpty ? NodeEndpoints.decimal(value, 1) : "\(Int(value.rounded()))") + unit
      }
      value /= 1024
    }
    return ""
  }
}
