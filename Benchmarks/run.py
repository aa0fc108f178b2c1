#!/usr/bin/env python3
"""`make bench`: the figures of docs/benchmarks.md, beside htop and btop in the same run, held to Benchmarks/thresholds.json.

usage: Benchmarks/run.py --binaries .build/release [--seconds 20] [--json FILE]"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import pty_meter  # noqa: E402


def screen(command, seconds, key=None, presses=60, starts=5):
    """First paint over several starts, then idle cost and key latency of one run."""
    firsts, paints = [], []
    for _ in range(starts):
        meter = pty_meter.Meter(command)
        data, moment = meter.read(meter.started + 5, first=True)
        firsts.append((moment - meter.started) * 1000 if moment else None)
        data += meter.quiet(0.05, 0.3)
        paints.append(len(data))
        meter.terminate()
    meter = pty_meter.Meter(command)
    meter.read(meter.started + 6)
    figures = {"first_byte_ms": round(sorted(firsts)[len(firsts) // 2], 1), "first_paint_bytes": sorted(paints)[len(paints) // 2]}
    figures.update(pty_meter.idle(meter, seconds))
    if key:
        figures.update(pty_meter.keys(meter, key, presses))
    ended = meter.terminate()
    figures["sigterm_ms"] = round(ended * 1000) if ended is not None else None
    return figures


def streaming(binary, presses=60):
    """Key latency while an answer streams at 2,000 tokens a second."""
    meter = pty_meter.Meter([binary, "demo", "--tokens-per-second", "2000"])
    meter.read(meter.started + 5)
    os.write(meter.fd, b"@qwen tell me a long story about storage\r")
    meter.read(time.monotonic() + 0.7)
    latencies, sizes = [], []
    start = time.monotonic()
    received = 0
    for index in range(presses):
        moment = time.monotonic()
        # A rare character, so that its echo can be told from the stream.
        os.write(meter.fd, b"~" if index % 2 == 0 else b"\x7f")
        data = b""
        while time.monotonic() - moment < 0.5:
            piece, at = meter.read(moment + 0.5, first=True)
            data += piece
            if index % 2 or b"~" in data:
                break
        if index % 2 == 0 and b"~" in data:
            latencies.append((at - moment) * 1000)
        received += len(data)
        data, _ = meter.read(time.monotonic() + 0.02)
        received += len(data)
    took = time.monotonic() - start
    meter.terminate()
    return {
        "key_ms_p50": round(pty_meter.percentile(latencies, 0.5), 2) if latencies else None,
        "key_ms_p99": round(pty_meter.percentile(latencies, 0.99), 2) if latencies else None,
        "samples": len(latencies),
        "bytes_per_s": round(received / took),
    }


def bench(binary, *arguments):
    """The last line of a jarvis-bench command, as a value; None where its data is absent."""
    result = subprocess.run([binary, *arguments], capture_output=True, text=True)
    lines = result.stdout.strip().splitlines()
    if result.returncode != 0 or not lines:
        return {"error": (result.stderr or result.stdout).strip()[-300:]}
    return json.loads(lines[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", default=".build/release")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json")
    options = parser.parse_args()
    jarvis = os.path.abspath(os.path.join(options.binaries, "jarvis-tui"))
    tool = os.path.abspath(os.path.join(options.binaries, "jarvis-bench"))
    data = os.environ.get("JARVIS_TEST_DATA", os.path.join(HERE, "..", "..", "shared", "data"))

    figures = {"jarvis demo": screen([jarvis, "demo"], options.seconds, key=b"x")}
    for peer, command in (("htop", ["htop", "-d", "10"]), ("btop", ["btop", "--utf-force"])):
        if shutil.which(command[0]):
            figures[peer] = screen(command, options.seconds, key=b"h" if peer == "btop" else b"\x1b[B")
        else:
            figures[peer] = "absent: scripts/install-packages bench"
    figures["streaming"] = streaming(jarvis)
    figures["scale"] = bench(tool, "scale")
    figures["ssh"] = bench(tool, "ssh")
    figures["frames"] = bench(tool, "frames")
    if os.path.isdir(data):
        figures["width"] = bench(tool, "width", "--cases", os.path.join(data, "width/width.jsonl"))
        for name in ("recorded-9.2.11", "responses"):
            figures["decode " + name] = bench(tool, "decode", "--responses", os.path.join(data, f"pve/{name}.jsonl"))
    else:
        figures["data"] = "skipped: no data at " + data

    for name, value in figures.items():
        print(f"{name:24} {json.dumps(value)}")
    if options.json:
        with open(options.json, "w") as file:
            json.dump(figures, file, indent=1)
    sys.exit(0 if hold(figures) else 1)


def hold(figures):
    """Compares with the committed thresholds; prints what is beyond them."""
    good = True
    for path, limit in json.load(open(os.path.join(HERE, "thresholds.json"))).items():
        section, name = path.rsplit("/", 1)
        value = figures.get(section)
        value = value.get("summary", value).get(name) if isinstance(value, dict) else None
        if value is None:
            if section in figures and "skipped" not in str(figures.get("data", "")):
                print(f"BEYOND {path}: no figure (limit {limit})")
                good = False
            continue
        if ("min" in limit and value < limit["min"]) or ("max" in limit and value > limit["max"]):
            print(f"BEYOND {path}: {value} (limit {limit})")
            good = False
    return good


if __name__ == "__main__":
    main()
