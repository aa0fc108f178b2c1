import Testing
import JarvisHTTP
