import Testing
import JarvisTUI
