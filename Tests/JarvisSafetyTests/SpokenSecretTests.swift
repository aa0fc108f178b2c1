import JarvisSafety
import Testing

@Suite struct SpokenSecretTests {
  private let redactor = Redactor(salt: [1, 2, 3])

  @Test(
    "TEST-10 a password that somebody says is taken out, and only that",
    arguments: [
      ("remember that the password of truenas is hunter2", "hunter2"),
      ("the Password for the router is swordfish.", "swordfish"),
      ("das Passwort von tank lautet Sommer2026!", "Sommer2026"),
      ("das Kennwort ist jetzt gEheim", "gEheim"),
      ("le mot de passe du nas est tournesol", "tournesol"),
      ("la contraseña de pihole es girasol, anótala", "girasol"),
      ("the passphrase of the key was changed to \"correct horse battery\"", "correct horse battery"),
      ("the alarm's PIN is 47110815", "47110815"), ("password of tank: abc123xyz", "abc123xyz"),
    ])
  func taken(text: String, secret: String) {
    let redacted = redactor.redact(text)
    #expect(!redacted.contains(secret), "\(redacted)")
    #expect(redacted.contains("‹secret:"))
    #expect(redacted.hasPrefix(String(text.prefix(12))))
    #expect(redactor.redact(redacted) == redacted)
  }

  @Test(
    "TEST-10 what is only said about a password stays",
    arguments: [
      "the password is wrong", "the password of pve is expired.", "is the password of tank correct?",
      "the password is in vaultwarden", "das Passwort ist falsch.", "the password was changed yesterday by Petra",
      "pin 7 is the fan", "the password is needed to unlock the disk", "ping is slow", "the pin is loose",
    ])
  func kept(text: String) {
    #expect(redactor.redact(text) == text)
  }
}
