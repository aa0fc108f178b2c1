# syntax=docker/dockerfile:1
# Jarvis in a container:
#   docker build -t jarvis .
#   docker run -it jarvis demo                                   the screen on a simulated cluster
#   docker run -it -v jarvis-data:/data -v ./config.yaml:/run/secrets/config.yaml:ro jarvis

# The builder's system is not newer than the runtime's: glibc only looks back.
ARG BUILDER=docker.io/library/swift:6.3-bookworm
ARG RUNTIME=docker.io/library/debian:trixie-slim

FROM ${BUILDER} AS build
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      libncurses-dev libsqlite3-dev libcurl4-openssl-dev libssl-dev libssh2-1-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# The dependency layer: fetched again only when the manifest changes.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Benchmarks Benchmarks
COPY Tests Tests
COPY themes themes
RUN swift build -c release --static-swift-stdlib --product jarvis-tui \
 && install -D -m 755 .build/release/jarvis-tui /out/usr/local/bin/jarvis-tui \
 && strip /out/usr/local/bin/jarvis-tui

FROM ${RUNTIME}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends \
      libncursesw6 libsqlite3-0 libcurl4t64 libssl3t64 libssh2-1t64 ncurses-term ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin jarvis \
 && chmod 700 /data
COPY --from=build /out/ /
# A UTF-8 locale: the screen is drawn with it.
ENV LANG=C.UTF-8 JARVIS_DATA=/data/jarvis
USER jarvis
WORKDIR /data
VOLUME /data
ENTRYPOINT ["jarvis-tui"]
