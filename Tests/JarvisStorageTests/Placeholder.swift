import Testing
import JarvisStorage
