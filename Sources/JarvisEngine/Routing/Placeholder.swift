import JarvisAPI
