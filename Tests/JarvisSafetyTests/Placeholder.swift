import Testing
import JarvisSafety
