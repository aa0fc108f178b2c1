import Testing
import JarvisTools
