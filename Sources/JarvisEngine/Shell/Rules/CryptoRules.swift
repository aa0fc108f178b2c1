import JarvisAPI

/// Keys and certificates.
enum CryptoRules {
  private static let keyscanFlags = FlagSet("-4 -6 -H -p: -T: -t:")
  private static let x509Flags = FlagSet(
    "-.noout -.text -.issuer -.subject -.dates -.startdate -.enddate -.fingerprint -.modulus -.serial -.hash -.subject_hash -.issuer_hash -.purpose -.email -.ocsp_uri -.pubkey -.alias -.sha1 -.sha256 -.sha384 -.sha512 -.md5 -in: -inform: -nameopt: -certopt: -checkend: -ext: -checkhost: -checkip:"
  )
  private static let sClientFlags = FlagSet(
    "-.showcerts -.brief -.status -.tls1_2 -.tls1_3 -.tls1_1 -.tls1 -.no_tls1_3 -.prexit -.verify_return_error -.4 -.6 -connect: -servername: -verify: -verify_hostname: -starttls: -alpn: -CApath: -port: -host: -timeout -cipher: -ciphersuites: -groups: -curves: -sigalgs: -4 -6"
  )
  private static let crlFlags = FlagSet(
    "-.noout -.text -.verify -.subject -.pubkey -.modulus -.issuer -.lastupdate -.nextupdate -.fingerprint -in: -inform: -CAfile: -CApath: -untrusted: -purpose: -.verbose -.show_chain"
  )
  private static let sshKeygenFlags = FlagSet(
    "-l -E: -f: -v -F: -B")
  private static let gpgFlags = FlagSet(
    "-k --list-keys --list-public-keys --fingerprint --version --with-colons --keyid-format: --no-default-keyring --keyring: --show-keys"
  )

  static let families: [Family] = [
    Family(
      "openssl",
      [
        .green("version", "-abcdefmoprv"),
        .green("help,errstr"),
        .green(
          "list",
          "-1 -.commands -.digest-commands -.cipher-commands -.digest-algorithms -.cipher-algorithms -.public-key-algorithms -.disabled -.verbose"
        ),
        .green("ciphers", "-vVs -.tls1_3 -.tls1_2"),
        .code("x509") { call, judge in
          if call.has("-noout"),
            judge.check(
              call,
              flags: CryptoRules.x509Flags, operands: .none) == nil
          {
            return .green("openssl x509 -noout")
          }
          return .red("openssl x509", "may write a certificate or sign one", "-noout only shows")
        },
        .code("s_client") { call, judge in
          judge.facts.insert(.connects)
          judge.output.origin.insert(.fetched)
          if judge.check(
            call,
            flags: CryptoRules.sClientFlags, operands: .none) == nil, !judge.input.origin.contains(.secret),
            judge.input.isEmpty || judge.input.known.map({ $0.utf8.count <= 4 }) == true
          {
            return NetworkRules.told(call)
          }
          judge.facts.insert(.sendsOut)
          return judge.input.origin.contains(.secret)
            ? .black("exfiltration", "sends a secret away")
            : .red("openssl s_client", "opens a connection and sends what it is given")
        },
        .code("crl,req,verify") { call, judge in
          judge.check(
            call,
            flags: CryptoRules.crlFlags, operands: .free) == nil
            && (call.has("-noout") || call.path.hasSuffix("verify"))
            ? .green(call.path) : .red(call.path, "may write keys or certificates")
        },
        .code("enc,base64,aes-256-cbc,aes-128-cbc,zlib,cms,smime") { call, judge in
          judge.output.origin.insert(.decoded)
          return .red(call.path, "encrypts or decrypts: what comes out cannot be read here").max(
            call.has("-out") ? .red(call.path, "writes a file") : .green(call.path))
        },
        .red(
          "genrsa,genpkey,rsa,ec,pkey,pkcs12,pkcs8,rand,dgst,passwd,ca,s_server,speed,dsaparam,ecparam,engine,ts,rsautl,pkeyutl,sha256,md5,s_time,ocsp,dhparam,spkac,storeutl,prime,nseq,srp,asn1parse,crl2pkcs7,rehash,info,mac,kdf,fipsinstall,provider",
          why: "handles keys, or writes them"),
      ]),
    Family([
      .code("ssh-keygen") { call, judge in
        if judge.check(call, flags: CryptoRules.sshKeygenFlags, operands: .none) == nil,
          call.has("-l") || call.has("-F")
        {
          return .green("ssh-keygen -l")
        }
        return .red("ssh-keygen", "makes or changes keys", "ssh-keygen -lf shows a fingerprint")
      },
      .code("ssh-keyscan") { call, judge in
        judge.check(call, flags: keyscanFlags, operands: .free) ?? NetworkRules.told(call)
      },
      .black("ssh-add", why: "loads or reveals keys"),
      .code("gpg gpg2 gpgconf age sops pass vault bw op") { call, judge in
        if call.name.hasPrefix("gpg"),
          judge.check(
            call,
            flags: CryptoRules.gpgFlags, operands: .free) == nil, !call.args.isEmpty
        {
          return .green("gpg --list-keys")
        }
        judge.facts.insert(.readsSecret)
        judge.output.origin.insert(.decoded)
        return .red(call.path, "handles secrets")
      },
      .black("mokutil tpm2_clear", why: "changes what this host trusts"),
    ]),
  ]
}
