#!/usr/bin/env python3
"""End-to-end tests: the real binary in a real terminal. Every test_* function of the scenarios runs in a directory of its own."""
import argparse
import concurrent.futures
import importlib
import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
SCENARIOS = ["conversation", "safety", "lifecycle", "commands", "faults"]

from checks import Skipped  # noqa: E402  (the folder has to be on the path first)


def enter(work):
    """One test's world: its own home, temporary files and tmux sockets; nothing of whoever runs it."""
    for name in list(os.environ):
        if name.startswith(("JARVIS_", "XDG_")) or name in ("TMUX", "SSH_CONNECTION", "NO_COLOR", "COLORTERM", "LC_CTYPE"):
            del os.environ[name]
    os.environ.update(HOME=work, TMPDIR=work, TMUX_TMPDIR=work, LANG="C.UTF-8", LC_ALL="C.UTF-8", TERM="xterm-256color", TZ="UTC")
    # A coverage build would leave its counts wherever it is started.
    os.environ.setdefault("LLVM_PROFILE_FILE", "/dev/null")
    os.chdir(work)


def run(scenario, name, binary):
    """Runs one test in this process, which is its own. Returns the verdict and what to print."""
    test = getattr(importlib.import_module(scenario), name)
    work = tempfile.mkdtemp(prefix="jarvis-e2e-")
    full = f"{scenario}.{name}"
    started = time.monotonic()
    try:
        enter(work)
        remark = test(binary, work)
        return "passed", f"✔ {full} {time.monotonic() - started:.1f} s" + (f": {remark}" if remark else "")
    except Skipped as why:
        return "skipped", f"– {full} skipped: {why}"
    except Exception:
        return "failed", f"✘ {full} {time.monotonic() - started:.1f} s\n{traceback.format_exc()}"
    finally:
        os.chdir(HERE)
        shutil.rmtree(work, ignore_errors=True)


def found(only):
    """(scenario, test) of every test whose name contains `only`, in their order."""
    for scenario in SCENARIOS:
        for name in list(vars(importlib.import_module(scenario))):
            if name.startswith("test_") and only in f"{scenario}.{name}":
                yield scenario, name


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", default=".build/debug/jarvis-tui")
    arguments.add_argument("--only", default="", help="run tests whose name contains this")
    arguments.add_argument("--jobs", type=int, default=2, help="tests at once; they wait more than they work")
    options = arguments.parse_args()
    binary = os.path.abspath(options.binary)
    if not os.access(binary, os.X_OK):
        sys.exit(f"e2e: {binary} is not there: build it first (make e2e does)")
    if not shutil.which("tmux"):
        sys.exit("e2e: tmux is needed: scripts/install-packages test")
    # Some tests crash the binary on purpose: no core of it is wanted.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    verdicts = {"passed": 0, "failed": 0, "skipped": 0}
    # A new process for each test: one changes its directory and environment, and another must not see it.
    with concurrent.futures.ProcessPoolExecutor(max(1, options.jobs), max_tasks_per_child=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        for result in concurrent.futures.as_completed([pool.submit(run, *test, binary) for test in found(options.only)]):
            verdict, text = result.result()
            verdicts[verdict] += 1
            print(text, flush=True)
    print("e2e: " + ", ".join(f"{count} {word}" for word, count in verdicts.items()))
    if not verdicts["passed"]:
        sys.exit(f"e2e: no test passed" + (f"; none is named like '{options.only}'" if options.only else ""))
    sys.exit(1 if verdicts["failed"] else 0)


if __name__ == "__main__":
    main()
