import Foundation
import JarvisAPI
import Testing

@testable import JarvisCost

@Suite struct PriceTableTests {
  private func day(_ text: String) -> Date {
    (try? Date.ISO8601FormatStyle().parse(text + "T00:00:00Z")) ?? .distantPast
  }
  private let million = 1_000_000

  @Test("ROUTE-03 Every model of the price list, each class of token")
  func embedded() throws {
    let table = try PriceTable.embedded()
    // Input, output, cache writes of 5 min and 1 h, cache reads: dollars per million tokens, as the vendor lists them.
    let list: [(String, [Double])] = [
      ("claude-fable-5-1", [10, 50, 12.5, 20, 0.25]), ("claude-mythos-5-1", [10, 50, 12.5, 20, 0.25]),
      ("claude-opus-5-5", [4, 20, 5, 8, 0.20]), ("claude-opus-5", [5, 25, 6.25, 10, 0.50]),
      ("claude-opus-4-8", [5, 25, 6.25, 10, 0.50]), ("claude-opus-4-7", [5, 25, 6.25, 10, 0.50]),
      ("claude-opus-4-6", [5, 25, 6.25, 10, 0.50]), ("claude-opus-4-5", [5, 25, 6.25, 10, 0.50]),
      ("claude-sonnet-5-5", [2, 10, 2.5, 4, 0.10]), ("claude-sonnet-5", [2, 10, 2.5, 4, 0.20]),
      ("claude-sonnet-4-6", [3, 15, 3.75, 6, 0.30]), ("claude-sonnet-4-5", [3, 15, 3.75, 6, 0.30]),
      ("claude-haiku-4-5", [1, 5, 1.25, 2, 0.10]), ("claude-haiku-4-5-20251001", [1, 5, 1.25, 2, 0.10]),
    ]
    for (model, prices) in list {
      let usages = [
        TokenUsage(input: million), TokenUsage(output: million), TokenUsage(cacheWrite5m: million),
        TokenUsage(cacheWrite1h: million), TokenUsage(cacheRead: million),
      ]
      for (usage, dollars) in zip(usages, prices) {
        let price = table.price(of: usage, model: model, route: .claude, at: day("2026-11-23"))
        #expect(price == .known(MicroDollars(Int64((dollars * 1e6).rounded()))), "\(model) \(usage)")
      }
    }
  }

  @Test("ROUTE-03 Sonnet 5.5's cache reads halved on 2026-10-07, at midnight UTC and not before")
  func dated() throws {
    let table = try PriceTable.embedded()
    let usage = TokenUsage(cacheRead: million)
    func price(_ date: Date) -> Price { table.price(of: usage, model: "claude-sonnet-5-5", route: .claude, at: date) }
    #expect(price(day("2026-09-28")) == .known(MicroDollars(200_000)))
    #expect(price(day("2026-10-07").addingTimeInterval(-0.001)) == .known(MicroDollars(200_000)))
    #expect(price(day("2026-10-07")) == .known(MicroDollars(100_000)))
  }

  @Test("ROUTE-03 Haiku 5.5: above 100,000 tokens of prompt every token costs the higher price, output too")
  func tiers() throws {
    let table = try PriceTable.embedded()
    func price(_ usage: TokenUsage) -> Price {
      table.price(of: usage, model: "claude-haiku-5-5", route: .claude, at: day("2026-11-23"))
    }
    let under = TokenUsage(input: 40_000, cacheWrite1h: 10_000, cacheRead: 50_000, output: 1_000)
    #expect(under.prompt == 100_000)
    #expect(price(under) == .known(MicroDollars(4_000 + 2_000 + 500 + 500)))
    var over = under
    over.input += 1
    #expect(price(over) == .known(MicroDollars(20_001 + 10_000 + 2_500 + 2_500)))
  }

  @Test("ROUTE-03 Unknown models are unpriced; the local route and answers by code are free")
  func unpriced() throws {
    let table = try PriceTable.embedded()
    let usage = TokenUsage(input: 10, output: 10)
    #expect(
      table.price(of: usage, model: "claude-fable-5-2", route: .claude, at: .now)
        == .unpriced(model: "claude-fable-5-2"))
    #expect(table.price(of: usage, model: "qwen3", route: .qwen, at: .now) == .known(.zero))
    #expect(table.price(of: TokenUsage(), model: "", route: .live, at: .now) == .known(.zero))
    #expect(table.price(of: TokenUsage(), model: "", route: .command, at: .now) == .known(.zero))
  }

  @Test("ROUTE-03 Rounded once, to the nearest millionth, halves up; never beyond what fits")
  func rounding() throws {
    let entry = ModelPrice.Entry(
      input: MicroDollars(500_000), output: MicroDollars(250_000), cacheWrite5m: .zero, cacheWrite1h: .zero,
      cacheRead: .zero)
    #expect(entry.cost(of: TokenUsage(input: 1)) == MicroDollars(1), "0.5 rounds up")
    #expect(entry.cost(of: TokenUsage(output: 1)) == .zero)
    #expect(
      entry.cost(of: TokenUsage(input: 1, output: 3)) == MicroDollars(1), "1.25: the sum is rounded, not its parts")
    #expect(
      entry.cost(of: TokenUsage(input: .max, output: .max)).amount
        == Int64((Int128(Int.max) * 750_000 + 500_000) / 1_000_000))
    let dear = ModelPrice.Entry(
      input: MicroDollars(.max), output: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero, cacheRead: .zero)
    #expect(dear.cost(of: TokenUsage(input: .max)).amount == .max)
  }

  @Test("ROUTE-03 The operator's file adds models and replaces others whole")
  func userFile() throws {
    var table = try PriceTable.embedded()
    try table.add(
      yaml: """
        models:
          my-gateway/qwen-max:
            aliases: [qwen-max]
            prices:
              - { from: 2026-01-01, input: 1.6, output: 6.4, cache_write_5m: 0, cache_write_1h: 0, cache_read: 0.000001 }
          claude-opus-5-5:
            prices:
              - { input: 1, output: 1, cache_write_5m: 1, cache_write_1h: 1, cache_read: 1 }
        """, file: "prices.yaml")
    let usage = TokenUsage(input: million, cacheRead: million)
    #expect(
      table.price(of: usage, model: "qwen-max", route: .qwen, at: day("2026-11-23")) == .known(MicroDollars(1_600_001)))
    #expect(
      table.price(of: usage, model: "qwen-max", route: .qwen, at: day("2025-11-23")) == .unpriced(model: "qwen-max"))
    #expect(
      table.price(of: usage, model: "claude-opus-5-5", route: .claude, at: .now) == .known(MicroDollars(2_000_000)))
    #expect(
      table.price(of: usage, model: "claude-sonnet-5-5", route: .claude, at: day("2026-11-23"))
        == .known(MicroDollars(2_100_000)))
  }

  private static let good = "input: 1, output: 1, cache_write_5m: 1, cache_write_1h: 1, cache_read: 1"

  @Test(
    "ROUTE-03 A faulty file is refused with line, key and advice, and changes nothing",
    arguments: [
      ("model:\n  x: {}", 1, "model", "did you mean models?"),
      (
        "models:\n  x:\n    prices:\n      - { \(good), cash_read: 1 }", 4, "models.x.prices.cash_read",
        "did you mean cache_read?"
      ),
      ("models:\n  x:\n    price: []", 3, "models.x.price", "did you mean prices?"),
      ("models:\n  x:\n    prices:\n      - { input: 1, output: 1 }", 4, "models.x.prices.cache_write_5m", ""),
      (
        "models:\n  x:\n    prices:\n      - { \(good.replacing("output: 1", with: "output: 1.0000001")) }", 4,
        "models.x.prices.output", "dollars"
      ),
      (
        "models:\n  x:\n    prices:\n      - { \(good.replacing("output: 1", with: "output: -1")) }", 4,
        "models.x.prices.output", "dollars"
      ),
      (
        "models:\n  x:\n    prices:\n      - { \(good.replacing("output: 1", with: "output: 1e3")) }", 4,
        "models.x.prices.output", "dollars"
      ),
      ("models:\n  x:\n    prices:\n      - { from: 2026-02-30, \(good) }", 4, "models.x.prices.from", "2026-10-07"),
      ("models:\n  x:\n    prices:\n      - { above_prompt: many, \(good) }", 4, "models.x.prices.above_prompt", ""),
      ("models:\n  x:\n    prices:\n      - { \(good) }\n      - { \(good) }", 5, "models.x.prices", ""),
      ("models:\n  x:\n    prices: []", 3, "models.x.prices", ""), ("models: 5", 1, "models", ""),
      ("models:\n  x: {\n", 3, "", ""),
    ])
  func faults(_ yaml: String, _ line: Int, _ key: String, _ advice: String) throws {
    var table = try PriceTable.embedded()
    let before = table
    let error = #expect(throws: PriceError.self) { try table.add(yaml: yaml, file: "my.yaml") }
    #expect(error?.line == line)
    #expect(error?.key == key)
    #expect(error?.advice.contains(advice) == true || advice.isEmpty)
    #expect(error?.description.hasPrefix("my.yaml:\(line): ") == true)
    #expect(table == before)
  }
}
