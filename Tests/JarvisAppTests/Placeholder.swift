import Testing
import JarvisApp
