import JarvisTools
import Testing
