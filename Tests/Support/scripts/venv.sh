#!/bin/sh
# Creates the virtual environment with the Python packages that tests against real parts need. Does nothing when it is
# already there with the same packages. Usage: venv.sh [DIRECTORY]; the default is $JARVIS_TEST_VENV, else
# .build/test-venv in the package root.
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
venv=${1:-${JARVIS_TEST_VENV:-$root/.build/test-venv}}

# The Anthropic SDK is pinned because its types are the judge of the simulated stream; the others follow their releases.
packages="anthropic==2.12.0 xllamacpp gguf numpy mcp"
stamp="$venv/.jarvis-packages"

if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null || true)" = "$packages" ]; then
  exit 0
fi
python3 -c 'import venv, ensurepip' 2>/dev/null || {
  echo "venv.sh: python3 with the venv module is needed (Debian: apt-get install python3-venv)" >&2
  exit 3
}
echo "venv.sh: installing $packages into $venv" >&2
python3 -m venv "$venv"
# shellcheck disable=SC2086 # a list of words
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check $packages || {
  echo "venv.sh: pip could not install the packages; tests that need them will be skipped" >&2
  exit 4
}
printf '%s' "$packages" >"$stamp"
