#!/usr/bin/env python3
"""Drives the container image with podman in a real terminal: what a person runs, and what must not be in it."""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tarfile
import tempfile
import time
import traceback
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from terminal import Terminal  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
USER = 10001
# DOCK-11: seconds from SIGTERM to the end, also podman's patience before it kills.
STOP_LIMIT = 10
# Bytes that the image may add to its base: the program with its static Swift runtime, libraries, time zones, terminals.
OWN_LAYERS_LIMIT = 160 << 20
# The first frame waits for a container to be made, on a machine that may be busy.
START_LIMIT = 60
# Nothing answers there: the screen must come up and say so.
UNREACHABLE = """cluster:
  nodes:
    - url: https://127.0.0.1:1
  token: root@pam!jarvis=12345678-1234-1234-1234-123456789abc
"""
HARDENED = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--tmpfs=/tmp"]


def podman(*arguments, check=True):
    done = subprocess.run(["podman", *arguments], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise AssertionError(f"podman {shlex.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Case:
    """One test's image, directory, container name and volume; what it made in podman goes away with it."""

    def __init__(self, image, work):
        self.image, self.work = image, work
        self.name = "jarvis-check-" + uuid.uuid4().hex[:8]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        podman("rm", "-f", "-v", "-t", "0", self.name, check=False)
        podman("volume", "rm", "-f", self.name, check=False)

    @property
    def data(self):
        return ["-v", f"{self.name}:/data"]

    def terminal(self, *command, options=()):
        """A terminal of 120 × 40 in which `podman run -it IMAGE` was typed; `exited` waits for its exit code."""
        line = ["podman", "run", "-it", "--name", self.name, *options, self.image, *command]
        return Terminal(shlex.join(line) + "; echo exited-$?", columns=120, rows=40)

    def run(self, *command, options=()):
        """The image without a terminal, to its end."""
        return podman("run", "--rm", *options, self.image, *command, check=False)

    def configuration(self, mode=0o600, owner=USER):
        """A configuration on this machine with the owner and mode that the container shall see; the options to mount it."""
        path = os.path.join(self.work, "config.yaml")
        with open(path, "w") as file:
            file.write(UNREACHABLE)
        # From inside, since without root only podman may give files to the users of containers.
        change = f"chown {owner}:{owner} /c && chmod {mode:o} /c"
        podman("run", "--rm", "--network=none", "--user=0", "--entrypoint=/bin/sh", "-v", f"{path}:/c", self.image, "-c", change)
        return ["-v", f"{path}:/etc/jarvis.yaml:ro", "-e", "JARVIS_CONFIG=/etc/jarvis.yaml"]

    def remove(self):
        podman("rm", "-v", self.name)


def say(terminal, text):
    terminal.type(text)
    terminal.key("Enter")


def exited(terminal, seconds=20):
    """Waits for the end of the run; its exit code, once the terminal was seen to be the shell's again."""
    text = terminal.wait(r"(?m)^exited-\d+", seconds)
    if terminal.alternate():
        raise AssertionError("the alternate screen was left on\n" + text)
    if terminal.tmux("display", "-p", "#{cursor_flag} #{mouse_any_flag}").strip() != "1 0":
        raise AssertionError("the cursor was left hidden or the mouse taken\n" + text)
    say(terminal, "stty -a | grep -Eo '[-]?(icanon|echo)\\b' | tr '\\n' ' '")
    terminal.wait(r"(?m)^icanon echo ")
    return int(re.search(r"(?m)^exited-(\d+)", text).group(1))


def test_demo_runs_and_restores_the_terminal(case):
    with case.terminal("demo") as terminal:
        text = terminal.wait(r"(?s)4 NODES.*pihole", START_LIMIT)
        for word in ["DEMO", "agent", "backup", "home", "pve"]:
            assert word in text, f"no {word}\n{text}"
        say(terminal, "/status")
        terminal.wait(r"\d of 4 nodes online, \d+ of \d+ guests running")
        say(terminal, ":quit")
        assert exited(terminal) == 0


def test_demo_runs_read_only_without_rights_or_network(case):
    with case.terminal("demo", options=[*HARDENED, "--network=none"]) as terminal:
        terminal.wait(r"(?s)4 NODES.*pihole", START_LIMIT)
        say(terminal, ":quit")
        assert exited(terminal) == 0


def test_configured_screen_keeps_its_data_in_the_volume(case):
    options = ["--network=none", *HARDENED, *case.data, *case.configuration()]
    mark = "mark-" + uuid.uuid4().hex[:6]
    for run in ("first", "second"):
        with case.terminal(options=options) as terminal:
            terminal.wait(r"127\.0\.0\.1:1 refused", START_LIMIT)
            if run == "first":
                say(terminal, f"/guest {mark}")
                terminal.wait(r"(?s)you.*" + mark + r".*COMMAND.*failed")
            else:
                terminal.wait(mark)
            say(terminal, ":quit")
            assert exited(terminal) == 0
        case.remove()
    listing = podman("run", "--rm", "--network=none", *case.data, "--entrypoint=/bin/ls", case.image, "-lnA", "/data/jarvis").stdout
    for line in listing.splitlines()[1:]:
        mode, owner = line.split()[0], line.split()[2]
        assert mode.startswith("-rw-------") and owner == str(USER), f"not owner-only\n{listing}"
    assert "jarvis.sqlite" in listing, listing


def test_stop_ends_it_within_ten_seconds(case):
    with case.terminal(options=["--network=none", *case.data, *case.configuration()]) as terminal:
        terminal.wait(r"127\.0\.0\.1:1 refused", START_LIMIT)
        started = time.monotonic()
        podman("stop", "-t", str(STOP_LIMIT), case.name)
        took = time.monotonic() - started
        assert exited(terminal) == 0
    assert podman("inspect", "--format", "{{.State.ExitCode}}", case.name).stdout.strip() == "0"
    # 137 would have told of podman's SIGKILL; a late 0 would be luck.
    assert took < STOP_LIMIT, f"{took:.1f} s"
    case.remove()
    size = "stat -c %s /data/jarvis/jarvis.sqlite-wal 2>/dev/null || echo 0"
    wal = podman("run", "--rm", "--network=none", *case.data, "--entrypoint=/bin/sh", case.image, "-c", size).stdout
    assert int(wal) == 0, f"the write-ahead log was not brought in: {wal} bytes"
    return f"stopped in {took:.1f} s"


def test_it_is_an_ordinary_user_without_capabilities(case):
    with case.terminal("demo", options=HARDENED) as terminal:
        terminal.wait("4 NODES", START_LIMIT)
        status = podman("exec", case.name, "cat", "/proc/1/status").stdout
        fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert fields["Name"] == "jarvis-tui", status
        assert fields["Uid"].split() == [str(USER)] * 4, status
        assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0 and fields["NoNewPrivs"] == "1", status
        assert podman("exec", case.name, "touch", "/usr/local/bin/x", check=False).returncode != 0
        say(terminal, ":quit")
        assert exited(terminal) == 0


def test_a_configuration_that_others_can_read_is_refused(case):
    done = case.run(options=["--network=none", *case.configuration(mode=0o644)])
    said = done.stdout + done.stderr
    assert done.returncode == 3, said
    assert "others can read this file" in said and "chmod 600 /etc/jarvis.yaml" in said, said


def test_a_configuration_of_another_owner_says_whose_it_must_be(case):
    done = case.run(options=["--network=none", *case.configuration(owner=0)])
    said = done.stdout + done.stderr
    assert done.returncode == 3, said
    assert "Permission denied" in said and f"chown {USER}" in said, said


def test_without_a_terminal_it_says_so(case):
    done = case.run("demo", options=["--network=none"])
    assert done.returncode == 2 and "terminal" in done.stderr, f"{done.returncode} {done.stdout}{done.stderr}"


def test_the_image_holds_nothing_that_it_should_not(case):
    about = json.loads(podman("image", "inspect", case.image).stdout)[0]
    assert about["Config"]["User"] == "jarvis" and "/data" in about["Config"]["Volumes"], about["Config"]
    names = [pair.split("=")[0] for pair in about["Config"]["Env"]]
    assert not [n for n in names if re.search("TOKEN|KEY|SECRET|PASSWORD", n)], names
    history = podman("history", "--no-trunc", "--format", "{{.CreatedBy}}", case.image).stdout
    assert not re.search(r"(?i)token=|password=|api_key=|BEGIN [A-Z ]*PRIVATE KEY", history), history
    # Every layer apart: what a later layer deletes is still in the image.
    archive = os.path.join(case.work, "image.tar")
    podman("save", "-q", "--format", "oci-archive", "-o", archive, case.image)
    layers = 0
    with tarfile.open(archive) as outer:
        def blob(digest):
            return outer.extractfile("blobs/" + digest.replace(":", "/"))
        index = json.load(outer.extractfile("index.json"))
        for layer in json.load(blob(index["manifests"][0]["digest"]))["layers"]:
            layers += 1
            with tarfile.open(fileobj=blob(layer["digest"]), mode="r:*") as inner:
                for member in inner:
                    complaint = unwanted(member)
                    assert complaint is None, f"layer {layers}: {member.name}: {complaint}"
    # Newest first; the base is the oldest entry that holds anything.
    sizes = [entry["size"] for entry in json.loads(podman("history", "--format", "json", case.image).stdout)]
    own = sum(sizes) - [size for size in sizes if size > 0][-1]
    assert own < OWN_LAYERS_LIMIT, f"{own} bytes above the base"
    return f"{about['Size'] / 1e6:.0f} MB, {own / 1e6:.0f} MB of it above the base, {layers} layers"


# What the builder had and the image must not: sources, products, compilers, keys, configurations.
UNWANTED = {
    "build folder or history": r"(^|/)(\.build|\.git|\.swiftpm)(/|$)|^src(/|$)|^opt/.",
    "source": r"\.swift$|\.swiftmodule$|(^|/)Package\.(swift|resolved)$",
    "compiler": r"(^|/)bin/(swiftc?|clang[^/]*|gcc[^/]*|g\+\+[^/]*|cc|c\+\+|ld|make|git)$",
    "key": r"\.key$|(^|/)id_[^/]+$|^etc/ssl/private/.|(^|/)\.ssh(/|$)",
    "configuration": r"(^|/)(\.env(\.[^/]*)?|config\.yaml[^/]*|\.gitconfig)$",
    "data": r"^data/.",
}


def unwanted(member):
    name = member.name.removeprefix("./").rstrip("/")
    for what, pattern in UNWANTED.items():
        if re.search(pattern, name):
            return what
    return None


def test_the_build_context_leaves_secrets_at_home(case):
    """DOCK-10: planted beside and inside the sources, they do not reach the builder."""
    wanted = ["Package.swift", "Sources/A/a.swift", "Tests/ATests/a.swift", "Benchmarks/b.swift", "scripts/install-packages"]
    planted = [
        ".env", ".env.production", "id_ed25519", "jarvis.key", "config.yaml", "notes.txt", ".git/config", ".build/x", "scripts/deploy",
        "Sources/.env", "Sources/A/id_rsa", "Sources/A/config.yaml", "Sources/A/config.yaml.before", "Tests/server.key", "Tests/server.pem",
        "Sources/.build/x", "docs/x.md",
    ]  # yapf: disable
    context = os.path.join(case.work, "context")
    for name in wanted + planted:
        path = os.path.join(context, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "w").close()
    with open(os.path.join(ROOT, ".dockerignore")) as rules, open(os.path.join(context, ".dockerignore"), "w") as copy:
        copy.write(rules.read())
    recipe = os.path.join(case.work, "Everything")
    with open(recipe, "w") as file:
        file.write("FROM scratch\nCOPY . /\n")
    tag = "localhost/" + case.name
    podman("build", "-q", "--isolation=chroot", "-t", tag, "-f", recipe, context)
    try:
        archive = os.path.join(case.work, "files.tar")
        podman("create", "--name", case.name, tag, "/none")
        podman("export", "-o", archive, case.name)
        with tarfile.open(archive) as files:
            arrived = sorted(m.name for m in files if m.isfile() and m.name.split("/")[0] not in ("dev", "etc", "proc", "sys", "run"))
    finally:
        podman("rm", "-f", "-v", case.name, check=False)
        podman("rmi", "-f", tag, check=False)
    assert arrived == sorted(wanted), f"arrived: {arrived}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--image", required=True)
    arguments.add_argument("--only", default="", help="run tests whose name contains this")
    options = arguments.parse_args()
    passed, failed = 0, 0
    for name, test in [(n, f) for n, f in globals().items() if n.startswith("test_") and options.only in n]:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="jarvis-image-") as work, Case(options.image, work) as case:
            try:
                note = test(case)
                passed += 1
                print(f"✔ {name} {time.monotonic() - started:.1f} s" + (f": {note}" if note else ""), flush=True)
            except Exception:
                failed += 1
                print(f"✘ {name}\n{traceback.format_exc()}", flush=True)
    print(f"image: {passed} passed, {failed} failed")
    # Nothing tested is not a pass.
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
