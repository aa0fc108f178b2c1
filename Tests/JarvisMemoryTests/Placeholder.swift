import Testing
import JarvisMemory
