// swift-tools-version: 6.2
// The map of the house: each concept is a target, and a wrong dependency does not build.
// Floors are listed from the ground up; a target may use only what stands below it.
import Foundation
import PackageDescription

/// CI and `make lint` treat warnings as errors; a contributor's half-finished edit still builds.
let strict =
  ProcessInfo.processInfo.environment["CI"] != nil || ProcessInfo.processInfo.environment["JARVIS_STRICT"] != nil

let settings: [SwiftSetting] =
  [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]
  + (strict ? [.treatAllWarnings(as: .error)] : [])

let nio = "swift-nio"
let nioCore: Target.Dependency = .product(name: "NIOCore", package: nio)
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: nio)
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: nio)
let nioTLS: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// Themes that are part of the binary.
let themes = [
  "amber", "blade", "colour-blind", "high-contrast", "interstellar", "jarvis", "matrix", "mono", "nord", "tron",
]

/// The one lock, which every module may use.
let lock: Target.Dependency = "JarvisLock"

/// A library target in its folder under `Sources/`.
func module(
  _ name: String, in folder: String, uses: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: uses + [lock], path: "Sources/\(folder)", resources: resources, swiftSettings: settings)
}

/// A system library's thin C wrapper: headers, typed shims for macros and variadics, callbacks that must be C.
func shim(_ name: String, links: [String]) -> Target {
  .target(name: name, path: "Sources/CShims/\(name)", linkerSettings: links.map { .linkedLibrary($0) })
}

/// The tests of one target, in `Tests/<name>Tests`.
func tests(of name: String, uses: [Target.Dependency] = [], resources: [Resource] = [], exclude: [String] = [])
  -> Target
{
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name), "JarvisTestSupport", lock] + uses,
    path: "Tests/\(name)Tests", exclude: exclude, resources: resources, swiftSettings: settings)
}

let package = Package(
  name: "jarvis",
  products: [
    .executable(name: "jarvis-tui", targets: ["JarvisTUI"]),
    .executable(name: "jarvis-bench", targets: ["JarvisBench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Floor 0: C at the edge.
    shim("CNcurses", links: ["ncursesw", "tinfo"]),
    shim("CCurl", links: ["curl", "ssl", "crypto"]),
    shim("COpenSSL", links: ["crypto"]),
    shim("CSSH2", links: ["ssh2", "crypto"]),
    .target(name: "JarvisLock", path: "Sources/JarvisEngine/Lock", swiftSettings: settings),

    // Floor 1: words and cells.
    module("JarvisAPI", in: "JarvisEngine/API", uses: []),
    module(
      "JarvisTerminal", in: "JarvisTUI/Terminal", uses: ["CNcurses", yams],
      resources: themes.map { .embedInCode("Resources/themes/\($0).yaml") }),

    // Floor 2: the outside world.
    module("JarvisHTTP", in: "JarvisEngine/HTTP", uses: ["CCurl"]),
    module("JarvisStorage", in: "JarvisEngine/Storage", uses: [grdb]),
    module("JarvisSSH", in: "JarvisEngine/SSH", uses: ["JarvisAPI", "CSSH2"]),
    module("JarvisShell", in: "JarvisEngine/Shell", uses: ["JarvisAPI"]),

    // Floor 3: one concept each.
    module("JarvisSafety", in: "JarvisEngine/Safety", uses: ["JarvisAPI", "JarvisStorage", "COpenSSL", grdb, yams]),
    module("JarvisModels", in: "JarvisEngine/Models", uses: ["JarvisAPI", "JarvisHTTP"]),
    module(
      "JarvisCost", in: "JarvisEngine/Cost", uses: ["JarvisAPI", "JarvisStorage", grdb, yams],
      resources: [.embedInCode("Resources/prices.yaml")]),
    module("JarvisCluster", in: "JarvisEngine/Cluster", uses: ["JarvisAPI", "JarvisHTTP"]),
    module("JarvisMemory", in: "JarvisEngine/Memory", uses: ["JarvisAPI", "JarvisStorage", grdb]),

    // Floors 4 to 6: decisions, actions, the engine.
    module("JarvisRouting", in: "JarvisEngine/Routing", uses: ["JarvisAPI", "JarvisCost"]),
    module(
      "JarvisTools", in: "JarvisEngine/Tools",
      uses: ["JarvisAPI", "JarvisSafety", "JarvisCluster", "JarvisSSH", "JarvisMemory"]
    ),
    module(
      "JarvisChat", in: "JarvisEngine/Chat",
      uses: ["JarvisAPI", "JarvisRouting", "JarvisModels", "JarvisCost", "JarvisTools", "JarvisMemory", "JarvisSafety"]),
    module(
      "JarvisEngine", in: "JarvisEngine/Engine",
      uses: [
        "JarvisAPI", "JarvisHTTP", "JarvisStorage", "JarvisSSH", "JarvisSafety", "JarvisShell", "JarvisModels",
        "JarvisCost",
        "JarvisCluster",
        "JarvisMemory", "JarvisRouting", "JarvisTools", "JarvisChat", yams, logging,
      ]),

    // Floors 7 and 8: what a person runs.
    module("JarvisApp", in: "JarvisTUI/App", uses: ["JarvisAPI", "JarvisTerminal"]),
    module(
      "JarvisSimulator", in: "JarvisSimulator",
      uses: ["JarvisAPI", "JarvisSSH", "COpenSSL", nioCore, nioPosix, nioHTTP, nioTLS]),
    .executableTarget(
      name: "JarvisTUI",
      dependencies: [
        "JarvisAPI", "JarvisApp", "JarvisTerminal", "JarvisEngine", "JarvisHTTP", "JarvisCluster", "JarvisModels",
        "JarvisStorage",
        "JarvisSafety", "JarvisCost", "JarvisShell", "JarvisSSH", "JarvisSimulator", "JarvisRouting", "JarvisMemory",
        "JarvisTools", "JarvisChat", lock, arguments,
      ],
      path: "Sources/JarvisTUI/Commands", swiftSettings: settings),
    .executableTarget(
      name: "JarvisBench",
      dependencies: [
        "JarvisAPI",
        "JarvisTerminal",
        "JarvisApp",
        "JarvisCluster",
        "JarvisHTTP",
        "JarvisShell",
        "JarvisSSH",
        "CSSH2",
        "JarvisSimulator",
        "JarvisTestSupport",
        "JarvisRouting",
        "JarvisRouterTraining",
        "JarvisCost",
        "JarvisMemory",
        "JarvisStorage",
        lock,
        arguments,
      ],
      path: "Benchmarks/JarvisBench", swiftSettings: settings),
    // Trains the intent model; no part of what a person runs.
    .target(
      name: "JarvisRouterTraining", dependencies: ["JarvisRouting"], path: "Benchmarks/RouterTraining",
      swiftSettings: settings),

    // Proof.
    .target(
      name: "JarvisTestSupport", dependencies: ["JarvisAPI", "JarvisTerminal", lock], path: "Tests/Support",
      exclude: ["scripts"], swiftSettings: settings),
    tests(of: "JarvisAPI"),
    tests(of: "JarvisTerminal", uses: ["JarvisAPI"], exclude: ["Golden"]),
    tests(of: "JarvisHTTP", uses: ["COpenSSL"]),
    tests(of: "JarvisStorage", uses: [grdb]),
    tests(of: "JarvisSSH", uses: ["CSSH2"]),
    tests(of: "JarvisShell", uses: ["JarvisAPI"]),
    tests(of: "JarvisSafety", uses: ["JarvisStorage", grdb]),
    tests(of: "JarvisModels", uses: ["JarvisHTTP", "JarvisSimulator"]),
    tests(of: "JarvisCost", uses: ["JarvisStorage", grdb]),
    tests(of: "JarvisCluster", uses: ["JarvisHTTP", "JarvisSimulator"]),
    tests(of: "JarvisMemory", uses: ["JarvisStorage", grdb]),
    tests(of: "JarvisRouting", uses: ["JarvisRouterTraining", "JarvisCost"]),
    tests(
      of: "JarvisTools",
      uses: ["JarvisSafety", "JarvisCluster", "JarvisHTTP", "JarvisSimulator", "JarvisStorage", grdb]),
    tests(of: "JarvisChat", uses: ["JarvisModels", "JarvisTools", "JarvisSimulator", "JarvisRouting", "JarvisCost"]),
    tests(
      of: "JarvisEngine",
      uses: [
        "JarvisSimulator", "JarvisHTTP", "JarvisModels", "JarvisRouting", "JarvisCost", "JarvisChat", grdb, logging,
        "JarvisSafety", "JarvisStorage", "JarvisSSH", "JarvisTools", "JarvisCluster",
      ]),
    tests(of: "JarvisApp", exclude: ["Golden"]),
    tests(of: "JarvisSimulator", uses: ["JarvisHTTP"]),
    tests(
      of: "JarvisTUI",
      uses: ["JarvisSafety", "JarvisStorage", "JarvisSimulator", "JarvisEngine", "JarvisHTTP", arguments]),
  ]
)
