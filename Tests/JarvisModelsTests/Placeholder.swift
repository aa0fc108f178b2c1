import Testing
import JarvisModels
