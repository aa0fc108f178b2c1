#!/usr/bin/env python3
"""End-to-end tests: the real binary in a real terminal. Every test_* function of the scenarios runs in a directory of its own."""
import argparse
import importlib
import os
import shutil
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
SCENARIOS = ["conversation", "lifecycle", "commands", "faults"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", default=".build/debug/jarvis-tui")
    arguments.add_argument("--only", default="", help="run tests whose name contains this")
    options = arguments.parse_args()
    binary = os.path.abspath(options.binary)
    if not os.access(binary, os.X_OK):
        sys.exit(f"e2e: {binary} is not there: build it first (make e2e does)")
    if not shutil.which("tmux"):
        sys.exit("e2e: tmux is needed: scripts/install-packages test")
    passed, failed = 0, 0
    for scenario in SCENARIOS:
        module = importlib.import_module(scenario)
        for name in [n for n in dir(module) if n.startswith("test_") and options.only in n]:
            work = tempfile.mkdtemp(prefix="jarvis-e2e-")
            started = time.monotonic()
            try:
                getattr(module, name)(binary, work)
                passed += 1
                print(f"✔ {scenario}.{name} {time.monotonic() - started:.1f} s", flush=True)
            except Exception:
                failed += 1
                print(f"✘ {scenario}.{name}\n{traceback.format_exc()}", flush=True)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    print(f"e2e: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
