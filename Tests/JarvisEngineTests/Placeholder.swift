import Testing
import JarvisEngine
