import Testing
import JarvisRouting
