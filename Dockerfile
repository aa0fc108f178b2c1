# syntax=docker/dockerfile:1
# Jarvis in a container:
#   docker build -t jarvis .
#   docker run -it jarvis demo                          the screen on a simulated cluster
#   docker run -it -v jarvis-data:/data jarvis init     writes its configuration into the volume, once
#   docker run -it -v jarvis-data:/data jarvis          the screen on your cluster
# A configuration from outside must be its owner's alone, and the owner is uid 10001 (or the one named with --user):
#   docker run -it -v jarvis-data:/data -v ./config.yaml:/etc/jarvis.yaml:ro -e JARVIS_CONFIG=/etc/jarvis.yaml jarvis

# Built on a system that is not newer than the runtime's: glibc only looks back.
ARG BUILDER=docker.io/library/swift:6.3-bookworm
ARG RUNTIME=docker.io/library/debian:trixie-slim

FROM ${BUILDER} AS build
WORKDIR /src
COPY scripts/install-packages scripts/
RUN scripts/install-packages build
# The dependency layer: fetched and pinned again only when the manifest changes.
COPY Package.swift ./
RUN swift package resolve && rm -rf .build
# The manifest names every target, so that each folder must be there; only the product is built.
COPY Sources Sources
COPY Benchmarks Benchmarks
COPY Tests Tests
# The cache keeps compiled dependencies over changes of our sources; without it the same is built from nothing.
RUN --mount=type=cache,id=jarvis-build,target=/src/.build,sharing=locked \
    swift build -c release --static-swift-stdlib --product jarvis-tui \
 && install -D -s -m 755 .build/release/jarvis-tui /out/usr/local/bin/jarvis-tui

FROM ${RUNTIME}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      libncursesw6 libsqlite3-0 libcurl4t64 libssl3t64 libssh2-1t64 ncurses-term ca-certificates tzdata \
 && apt-get clean \
 && rm -rf /var/lib/apt/lists/* /var/cache/debconf/*-old /var/log/apt /var/log/dpkg.log \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin jarvis \
 && install -d -o jarvis -g jarvis -m 700 /data
COPY --from=build /out/ /
# A UTF-8 locale, since the screen is drawn with it; colours that any terminal of today has, where `-e TERM` says no more.
ENV HOME=/data JARVIS_DATA=/data/jarvis LANG=C.UTF-8 TERM=xterm-256color
USER jarvis
WORKDIR /data
VOLUME /data
ENTRYPOINT ["jarvis-tui"]
