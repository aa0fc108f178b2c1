import Foundation
import JarvisAPI
import Testing

@testable import JarvisCluster

@Suite("JSON, tolerantly")
struct JSONTests {
  private func view(_ text: String) throws -> JSONView { try JSONDocument(Array(text.utf8)).root }

  @Test("TEST-10 numbers come as numbers, strings and words that are none")
  func numbers() throws {
    let row = try view(
      #"{"a":1,"b":"104","c":"0.12","d":1e3,"e":"nan","f":NaN,"g":-Infinity,"h":"12 GB","i":"","j":12345678901234567890,"k":-7,"l":0.201956727067576,"m":"1.5e2","n":true,"o":1.5,"p":"0x10","q":"inf"}"#
    )
    #expect(row["a"]?.int == 1 && row["b"]?.int == 104 && row["c"]?.number == 0.12 && row["d"]?.int == 1_000)
    for key: StaticString in ["e", "h", "i", "p", "q"] { #expect(row[key]?.number == nil && row[key]?.int == nil) }
    #expect(row["f"] == nil && row["g"] == nil, "no figures: as if absent")
    #expect(row["j"]?.int == nil && row["j"]?.number == 12_345_678_901_234_567_168)
    #expect(row["k"]?.int == -7 && row["k"]?.size == nil)
    #expect(row["l"]?.number == 0.201956727067576)
    #expect(row["m"]?.number == 150 && row["n"]?.int == 1 && row["o"]?.int == nil && row["o"]?.size == 1)
  }

  @Test("TEST-10 decimals are read exactly as Swift reads them")
  func exactDecimals() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<5_000 {
      let value =
        Double.random(in: -1e6...1e6, using: &random) * pow(10, Double(Int.random(in: -12...12, using: &random)))
      for text in ["\(value)", String(format: "%.15f", value), String(format: "%.3f", value), "\(Int(value))"] {
        let read = Array(text.utf8).withUnsafeBufferPointer { NumberText.double($0) }
        #expect(read == Double(text), "\(text)")
      }
    }
    for whole in [Int.max, Int.min, 0, -1, 9_007_199_254_740_993] {
      #expect(Array("\(whole)".utf8).withUnsafeBufferPointer { NumberText.integer($0) } == whole)
    }
    #expect(Array("9223372036854775808".utf8).withUnsafeBufferPointer { NumberText.integer($0) } == nil)
  }

  @Test("TEST-10 booleans come as 0, 1, strings and words")
  func flags() throws {
    let row = try view(#"{"a":1,"b":0,"c":"1","d":"0","e":true,"f":false,"g":"yes","h":"maybe","i":null,"j":[]}"#)
    #expect([row["a"], row["c"], row["e"], row["g"]].allSatisfy { $0?.flag == true })
    #expect([row["b"], row["d"], row["f"]].allSatisfy { $0?.flag == false })
    #expect(row["h"]?.flag == nil && row["i"] == nil && row["j"]?.flag == nil)
  }

  @Test("TEST-10 escapes, surrogates, broken UTF-8 and marks")
  func strings() throws {
    #expect(try view(#""a\n\u00e9\ud83d\ude00\/\"\\""#).string == "a\né😀/\"\\")
    #expect(try view(#""\ud83d x \uDE00 \u12""#).string == "\u{FFFD} x \u{FFFD} \u{FFFD}12")
    #expect(try JSONDocument([0x22, 0x41, 0xFF, 0x22]).root.string == "A\u{FFFD}")
    #expect(try JSONDocument([0xEF, 0xBB, 0xBF] + Array(" {\"a\" : 1 } ".utf8)).root["a"]?.int == 1)
    #expect(try view(#"{"n\u0061me":1,"x":{"name":2}}"#)["x"]?["name"]?.int == 2)
  }

  @Test("TEST-10 members, elements and raw bytes")
  func structure() throws {
    let row = try view(#"{"a":[1,[2,3],{"b":4}],"c":{},"d":[],"e":"x"}"#)
    #expect(row.members.map(\.key) == ["a", "c", "d", "e"])
    #expect(row["a"]?.elements.map { $0.value } == [.int(1), .array([.int(2), .int(3)]), .object(["b": .int(4)])])
    #expect(row["d"]?.elements.map { $0.value } == [] && row["c"]?.members.map(\.key) == [])
    #expect(String(decoding: row["a"]?.rawBytes ?? [], as: UTF8.self) == #"[1,[2,3],{"b":4}]"#)
    #expect(String(decoding: row["e"]?.rawBytes ?? [], as: UTF8.self) == #""x""#)
  }

  @Test(
    "TEST-10 what is not JSON says where it stops",
    arguments: [
      "", "{", "[", "\"", "{\"a\"}", "{\"a\":}", "[1,]", "[1 2]", "{,}", "tru", "nul", "-", "1 2", "{\"a\":1}}",
      "<html>", "\\",
      "\"\\", "[\"a\\\"]", ".5", "+1",
    ])
  func malformed(text: String) {
    #expect(throws: JSONDocument.Fault.self) { try JSONDocument(Array(text.utf8)) }
  }

  @Test("TEST-10 depth is bounded")
  func depth() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(throws: JSONDocument.Fault.self) { try JSONDocument(Array(deep.utf8)) }
    let fine = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
    #expect(throws: Never.self) { try JSONDocument(Array(fine.utf8)) }
  }

  @Test(
    "TEST-10 the scanner agrees with Foundation on recorded bodies", .enabled(if: TestData.has("recorded-9.2.11.jsonl"))
  )
  func agreesWithFoundation() throws {
    var compared = 0
    for row in try Recording.all() where row.status == 200 {
      guard let theirs = try? JSONDecoder().decode(JSONValue.self, from: Data(row.body.utf8)) else { continue }
      #expect(try view(row.body).value == theirs, "\(row.name)")
      compared += 1
    }
    #expect(compared > 400)
  }
}

/// SplitMix64: the same numbers in each run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
