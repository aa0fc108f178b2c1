import Testing
import JarvisSimulator
