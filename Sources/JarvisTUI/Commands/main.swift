import Foundation

// Synchronous on purpose: on Linux the main actor is not the main thread, and the screen owns this thread.
exit(JarvisCommand.run(arguments: Array(CommandLine.arguments.dropFirst())))
