import Foundation
import JarvisAPI
import JarvisMemory
import JarvisStorage
import JarvisTestSupport
import Testing

@Suite struct FactExtractorTests {
  private let extractor = FactExtractor(inventory: MemoryFixture.inventory)

  @Test(
    "MEM-03 preferences are recognised in four languages",
    arguments: [
      ("I prefer mail for critical issues", Preference.notify(severity: "critical", channel: "mail")),
      ("Please send warnings to telegram.", .notify(severity: "warning", channel: "telegram")),
      ("Ich möchte kritische Meldungen lieber per Mail", .notify(severity: "critical", channel: "mail")),
      ("je préfère un courriel pour les alertes critiques", .notify(severity: "critical", channel: "mail")),
      ("prefiero correo para problemas críticos", .notify(severity: "critical", channel: "mail")),
      ("win11 is off on purpose", .offOnPurpose(guest: "win11")),
      ("120 ist absichtlich aus", .offOnPurpose(guest: "win11")),
      ("win11 est éteint exprès", .offOnPurpose(guest: "win11")),
      ("win11 está apagado a propósito", .offOnPurpose(guest: "win11")),
      ("ask before you restart truenas", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("Frag mich, bevor du truenas neu startest", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("demande avant de redémarrer truenas", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("pregunta antes de reiniciar truenas", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("Remember: never stop homeassistant", .never(tool: "stop_guest", target: "homeassistant")),
      ("never reboot pve", .never(tool: "reboot_node", target: "pve")),
      ("call truenas the big box", .alias(name: "big box", of: "truenas")),
      ("nenne pihole der Türsteher", .alias(name: "türsteher", of: "pihole")),
      ("when I say the gate I mean pihole", .alias(name: "gate", of: "pihole")),
    ])
  func preferences(sentence: String, expected: Preference) throws {
    #expect(extractor.facts(in: sentence).first?.preference == expected)
  }

  @Test(
    "MEM-03 what states nothing is not remembered as a fact",
    arguments: [
      "do you remember the router?", "restart truenas", "is win11 off on purpose?", "what do I prefer?",
      "the mail server is down", "I never saw that before", "", "???",
    ])
  func nothing(sentence: String) {
    #expect(extractor.facts(in: sentence).isEmpty)
  }

  @Test(
    "MEM-03 an ordinary report is no standing order",
    arguments: [
      "truenas never came back after the reboot", "never came back after the reboot of truenas",
      "people never restart truenas", "they ask before each restart of truenas",
      "nobody asked before truenas was stopped",
      "tell me which problems mail has", "I want to know all problems of the mail", "send the mail server's warnings",
      "pihole is not off on purpose", "win11 is off, but not on purpose", "is win11 off on purpose",
      "win11 n'est pas éteint exprès", "win11 ist nicht absichtlich aus", "win11 no está apagado a propósito",
      "truenas kam nach dem Neustart nie zurück", "truenas n'est jamais revenu après le redémarrage",
      "truenas nunca volvió después de reiniciar", "no, I mean pihole", "I want you to restart truenas", "never mind",
    ])
  func report(sentence: String) {
    #expect(extractor.facts(in: sentence).isEmpty, "\(extractor.facts(in: sentence))")
  }

  @Test(
    "MEM-03 a demand is one after words of politeness, too",
    arguments: [
      ("please never reboot truenas", Preference.never(tool: "reboot_guest", target: "truenas")),
      ("I want you to never stop pihole", .never(tool: "stop_guest", target: "pihole")),
      ("bitte starte truenas nie neu", .never(tool: "reboot_guest", target: "truenas")),
      ("ne redémarre jamais truenas", .never(tool: "reboot_guest", target: "truenas")),
      ("no reinicies nunca truenas", .never(tool: "reboot_guest", target: "truenas")),
      ("please always ask before restarting truenas", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("before you restart truenas, ask me", .askBefore(tool: "reboot_guest", target: "truenas")),
      ("send me all alerts by mail", .notify(severity: "all", channel: "mail")),
      ("win11 is not running on purpose", .offOnPurpose(guest: "win11")),
    ])
  func demand(sentence: String, expected: Preference) {
    #expect(extractor.facts(in: sentence).first?.preference == expected)
  }

  @Test(
    "MEM-03 what is pasted states nothing: it is somebody else's words",
    arguments: [
      "what does this mean?\nHello,\nnever reboot truenas.\nRegards",
      "look: ```\nwin11 is off on purpose\n```",
      "> win11 is off on purpose",
      "2026-11-17 14:02:11 win11 is off on purpose",
      "Nov 17 14:02:11 pve sshd[2211]: win11 is off on purpose",
      "win11 is off on purpose. See https://example.org/a",
      "he wrote: \"hello there. win11 is off on purpose. bye now\"",
      "remember that the router is at 10.0.0.1. " + String(repeating: "and so it went on. ", count: 30),
    ])
  func pasted(text: String) async throws {
    #expect(extractor.facts(in: text).isEmpty, "\(extractor.facts(in: text))")
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    let talk = try await fixture.chat().create(title: "x").id
    try await memory.heard(ChatMessage(conversation: talk, role: .user, text: text, at: fixture.now))
    #expect(try await memory.list(tier: .semantic).isEmpty)
  }

  @Test(
    "MEM-03 what is typed in a line or two states facts, with an address or a quoted name in it, too",
    arguments: [
      "remember that the router's page is https://10.0.0.1/login", "win11 is off on purpose.\nnever stop pihole",
      "remember that \"big box\" is truenas",
    ])
  func typed(text: String) { #expect(!extractor.facts(in: text).isEmpty) }

  @Test("MEM-03 code answers alone only what asks to be remembered")
  func explicit() async throws {
    let memory = try MemoryFixture().memory()
    for text in ["never reboot truenas", "win11 is off on purpose", "I prefer mail for critical issues"] {
      #expect(try await memory.statesOnlyFacts(text), "\(text)")
    }
    for text in ["pihole should be running", "the log tells that win11 is off on purpose"] {
      #expect(try await !memory.statesOnlyFacts(text), "\(text)")
    }
  }

  @Test("MEM-03 a newer fact closes the older one, and nothing is rewritten")
  func supersession() async throws {
    let fixture = try MemoryFixture()
    let memory = fixture.memory()
    try await memory.remember("the router is at 192.168.1.1", source: "operator")
    fixture.advance(3_600)
    try await memory.remember("the router is at 192.168.1.254", source: "operator")
    let all = try await memory.list(tier: .semantic)
    #expect(all.count == 2)
    #expect(all[0].validTo == nil && all[1].validTo == fixture.now)
    #expect(try await memory.list(tier: .semantic, inForceOnly: true).map(\.text) == ["the router is at 192.168.1.254"])
    #expect(try await memory.recall("where is the router?").texts.first == "the router is at 192.168.1.254")
  }

  @Test("MEM-03 preferences hold in later conversations, and the gate and the detectors can ask for them")
  func book() async throws {
    let directory = try TemporaryDirectory()
    let first = try MemoryFixture(directory: directory)
    let chat = first.chat()
    let conversation = try await chat.create(title: "x").id
    let memory = first.memory()
    for text in [
      "I prefer mail for critical issues", "ask before you restart truenas", "win11 is off on purpose",
      "never stop homeassistant",
    ] {
      let said = ChatMessage(conversation: conversation, role: .user, text: text, at: first.now, state: .complete)
      #expect(try await memory.heard(said).count == 1)
    }
    try await first.store.close()

    let later = try MemoryFixture(at: first.now + 400 * 86_400, directory: directory)
    let book = try await later.memory().preferences()
    #expect(book.channel(forSeverity: "critical")?.name == "mail")
    #expect(book.channel(forSeverity: "warning") == nil)
    #expect(book.offOnPurpose(guest: ["win11", "120"])?.text == "win11 is off on purpose")
    #expect(book.offOnPurpose(guest: ["truenas", "101"]) == nil)
    guard case .ask = book.consent(tool: "reboot_guest", target: ["truenas", "101"]) else {
      Issue.record("restarting truenas is not asked for")
      return
    }
    guard case .refuse = book.consent(tool: "stop_guest", target: ["homeassistant", "103"]) else {
      Issue.record("stopping homeassistant is not refused")
      return
    }
    #expect(book.consent(tool: "start_guest", target: ["truenas", "101"]) == nil)
    // "runs again" ends "off on purpose".
    try await later.memory().remember("win11 should run again", source: "operator")
    #expect(try await later.memory().preferences().offOnPurpose(guest: ["win11"]) == nil)
    try await later.store.close()
  }
}
