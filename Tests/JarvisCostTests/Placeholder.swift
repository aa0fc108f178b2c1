import Testing
import JarvisCost
