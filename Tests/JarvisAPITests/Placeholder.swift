import Testing
import JarvisAPI
