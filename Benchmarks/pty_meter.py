"""Runs a terminal program in a pseudo-terminal and measures what it costs."""
import fcntl
import json
import os
import pty
import select
import signal
import struct
import termios
import time


class Meter:
    """One program in one pty. All times in seconds, memory in bytes."""

    def __init__(self, command, columns=200, rows=50, environment=None):
        env = {k: v for k, v in os.environ.items() if k not in ("COLORTERM", "SSH_CONNECTION", "TMUX", "NO_COLOR")}
        env.update(TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8", **(environment or {}))
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # The size must be there before the program asks for it.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], command, env)

    def read(self, until, first=False):
        """Bytes that come until the moment `until`; with `first`, returns at the first of them."""
        data = b""
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return data, None
            ready, _, _ = select.select([self.fd], [], [], left)
            if not ready:
                continue
            moment = time.monotonic()
            try:
                piece = os.read(self.fd, 65536)
            except OSError:
                return data, moment
            if not piece:
                return data, moment
            data += piece
            if first:
                return data, moment

    def quiet(self, seconds, limit=3.0):
        """Reads until nothing came for `seconds`, or until `limit`."""
        data, end = b"", time.monotonic() + limit
        while time.monotonic() < end:
            piece, moment = self.read(min(end, time.monotonic() + seconds), first=True)
            data += piece
            if moment is None:
                break
        return data

    def processes(self):
        found, todo = [], [self.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            try:
                for task in os.listdir(f"/proc/{pid}/task"):
                    todo += [int(p) for p in open(f"/proc/{pid}/task/{task}/children").read().split()]
            except OSError:
                pass
        return found

    def cost(self):
        """CPU seconds, RSS, anonymous RSS, voluntary switches, threads of the whole family."""
        cpu = rss = anonymous = switches = threads = 0
        for pid in self.processes():
            try:
                fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
                cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                threads += int(fields[17])
                for line in open(f"/proc/{pid}/status"):
                    if line.startswith("VmRSS:"):
                        rss += int(line.split()[1]) * 1024
                    if line.startswith("RssAnon:"):
                        anonymous += int(line.split()[1]) * 1024
                for task in os.listdir(f"/proc/{pid}/task"):
                    for line in open(f"/proc/{pid}/task/{task}/status"):
                        if line.startswith("voluntary_ctxt_switches"):
                            switches += int(line.split()[1])
            except OSError:
                pass
        return {"cpu": cpu, "rss": rss, "anonymous": anonymous, "switches": switches, "threads": threads}

    def press(self, keys):
        """Writes keys and returns (seconds to the first byte back or None, bytes that came)."""
        moment = time.monotonic()
        os.write(self.fd, keys)
        data, answered = self.read(moment + 1, first=True)
        if answered is None:
            return None, 0
        more = self.quiet(0.03, 0.2)
        return answered - moment, len(data) + len(more)

    def terminate(self, limit=5.0):
        """SIGTERM; returns the seconds until it was gone, or None where it had to be killed."""
        moment = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        while time.monotonic() - moment < limit:
            self.read(time.monotonic() + 0.002, first=True)
            gone, _ = os.waitpid(self.pid, os.WNOHANG)
            if gone:
                return time.monotonic() - moment
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return None


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else None


def idle(meter, seconds):
    before, start = meter.cost(), time.monotonic()
    data, _ = meter.read(start + seconds)
    after, took = meter.cost(), time.monotonic() - start
    return {
        "bytes_per_s": round(len(data) / took),
        "cpu_percent": round(100 * (after["cpu"] - before["cpu"]) / took, 2),
        "switches_per_s": round((after["switches"] - before["switches"]) / took, 1),
        "rss_mb": round(after["rss"] / 1e6, 1),
        "anonymous_mb": round(after["anonymous"] / 1e6, 1),
        "threads": after["threads"],
    }


def keys(meter, key, presses):
    latencies, sizes = [], []
    for _ in range(presses):
        meter.quiet(0.08, 0.5)
        latency, size = meter.press(key)
        if latency is not None:
            latencies.append(latency * 1000)
            sizes.append(size)
    return {
        "key_ms_p50": round(percentile(latencies, 0.5), 2) if latencies else None,
        "key_ms_p99": round(percentile(latencies, 0.99), 2) if latencies else None,
        "key_bytes_p50": percentile(sizes, 0.5),
        "answered": len(latencies),
    }


if __name__ == "__main__":
    import sys
    m = Meter(sys.argv[1:])
    first, moment = m.read(m.started + 5, first=True)
    m.read(m.started + 4)
    print(json.dumps({"first_byte_ms": round((moment - m.started) * 1e3, 1), **idle(m, 5), **keys(m, b"x", 20), "sigterm_s": m.terminate()}))
