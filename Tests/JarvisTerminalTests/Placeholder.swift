import Testing
import JarvisTerminal
