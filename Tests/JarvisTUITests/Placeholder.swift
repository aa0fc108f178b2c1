import JarvisTUI
import Testing
