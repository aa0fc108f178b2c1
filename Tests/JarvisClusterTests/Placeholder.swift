import Testing
import JarvisCluster
