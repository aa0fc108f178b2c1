import JarvisAPI
import JarvisSSH

/// Makes the shells on the nodes out of a configuration.
public enum SSHAssembly {
  /// - Parameter dataDirectory: where host keys are kept unless the configuration names a file.
  /// - Throws: `UserFacingError` where the machine has no descriptors left.
  public static func shell(
    _ configuration: SSHConfiguration, dataDirectory: String, environment: [String: String]
  ) throws(UserFacingError) -> SSHShell {
    let passphrase = configuration.passphrase
    let settings = SSHSettings(
      nodes: configuration.nodes, knownHostsPath: configuration.knownHosts ?? dataDirectory + "/known_hosts",
      keyPath: configuration.key, agentSocket: configuration.usesAgent ? environment["SSH_AUTH_SOCK"] : nil
    ) { _ in passphrase }
    do throws(SSHError) { return try SSHShell(settings: settings) } catch {
      throw error.userFacing("prepare SSH")
    }
  }
}
