"""What Jarvis talks to in tests: a configuration of one's own, and a simulated cluster as a stranger on the network."""
import os
import re
import subprocess

from checks import check

TOKEN = "jarvis@pve!main=11111111-2222-3333-4444-555555555555"


def write_config(work, text, mode=0o600):
    """Writes the configuration where Jarvis looks for it; returns its path."""
    path = os.path.join(work, ".config/jarvis/config.yaml")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)
    return path


def local_config(work, url):
    """A local model and nothing else."""
    return write_config(work, f'local:\n  url: "{url}"\n')


def cluster_config(work, url, fingerprint=None, token=TOKEN):
    """One entrance to a cluster, pinned where a fingerprint is given."""
    pin = f'\n      fingerprint: "{fingerprint}"' if fingerprint else ""
    return write_config(work, f'cluster:\n  nodes:\n    - url: "{url}"{pin}\n  token: "{token}"\n')


class SimulatedCluster:
    """The demo's cluster, kept alive by an `init --demo` that waits for an answer: others may ask it over the wire."""

    def __init__(self, binary):
        self.process = subprocess.Popen(
            [binary, "--demo", "init"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        lines = [self.process.stderr.readline(), self.process.stderr.readline()]
        token = re.search(r"token is (\S+)", lines[0])
        url = re.search(r"address is (https://\S+)", lines[1])
        check(token and url, f"init --demo did not tell address and token: {lines}")
        self.token, self.url = token.group(1), url.group(1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """The whole cluster is gone."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stderr):
            pipe.close()
