import Foundation
import JarvisAPI
import Testing

@testable import JarvisModels

@Suite struct JSONTests {
  @Test(
    "ROUTE-10 JSON that is not complete and correct is refused",
    arguments: [
      "", " ", "{", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "01", "1.", "-", "tru", "\"\n\"", "\"\\x\"",
      "\"\\u12g4\"", "[1] 2",
      "\"open", "{\"a\":1,}", "[", "]", String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ])
  func refused(_ text: String) { #expect(RawJSON(text) == nil) }

  @Test("ROUTE-10 Values are cut out as they were written")
  func verbatim() throws {
    let json = try #require(RawJSON(#" {"a" : 1.0 , "b":[ 1e2, "x\u00e4\n" ],"c":null,"a":2} "#))
    #expect(json.members.map(\.key) == ["a", "b", "c", "a"])
    #expect(json["a"]?.text == "1.0")
    #expect(json["b"]?.text == #"[ 1e2, "x\u00e4\n" ]"#)
    #expect(json["b"]?.elements.map(\.text) == ["1e2", #""x\u00e4\n""#])
    #expect(json["b"]?.elements.last?.string == "xä\n")
    #expect(json["c"] == nil)
    #expect(json["a"]?.int == 1)
    #expect(RawJSON("-12")?.int == -12)
    #expect(RawJSON(#""\ud83d\ude80 \ud83d x""#)?.string == "🚀 \u{FFFD} x")
  }

  @Test("ROUTE-10 Agrees with Foundation on random values")
  func random() throws {
    var random = SeededGenerator(seed: 7)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
      case 0: .null
      case 1: .bool(.random(using: &random))
      case 2: .int(.random(in: -1_000_000...1_000_000, using: &random))
      case 3, 4:
        .string(
          String(
            String.UnicodeScalarView(
              (0..<Int.random(in: 0..<8, using: &random)).map { _ in
                Unicode.Scalar(UInt32.random(in: 0..<0x3000, using: &random)) ?? "x"
              })))
      case 5: .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(depth + 1) })
      default:
        .object(
          Dictionary(
            (0..<Int.random(in: 0..<4, using: &random)).map { ("k\($0)\"", value(depth + 1)) }, uniquingKeysWith: { $1 }
          ))
      }
    }
    func compare(_ raw: RawJSON, _ value: JSONValue) {
      switch value {
      case .null: #expect(raw.isNull)
      case .bool(let value): #expect(raw.bool == value)
      case .int(let value): #expect(raw.int == value)
      case .double(let value): #expect(raw.number == value)
      case .string(let value):
        #expect(raw.string == value)
        #expect(RawJSON(JSONString.quoted(value))?.string == value)
      case .array(let values):
        #expect(raw.elements.count == values.count)
        for (raw, value) in zip(raw.elements, values) { compare(raw, value) }
      case .object(let fields):
        #expect(Set(raw.members.map(\.key)) == Set(fields.keys))
        for member in raw.members { if let field = fields[member.key] { compare(member.value, field) } }
      }
    }
    for _ in 0..<300 {
      let value = value(0)
      let raw = try #require(RawJSON(value.text))
      compare(raw, value)
      #expect(raw.text == value.text)
    }
  }
}
