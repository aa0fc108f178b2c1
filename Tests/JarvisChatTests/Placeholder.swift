import Testing
import JarvisChat
