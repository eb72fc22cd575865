#!/bin/sh
# Creates the folder of the virtual environment named by $1, with any Python from 3.11 on and nothing else.
set -eu
venv=$1

fail() { printf '\n%s\n\n' "$*" >&2; exit 1; }

# A folder left half made by an interrupted run has no working pip: such a one is made again.
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then exit 0; fi

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if command -v "$python" >/dev/null 2>&1 && "$python" -c "$new_enough"; then break; fi
    python=
done
[ -n "$python" ] || fail "Guerdon needs Python 3.11 or newer. Install it, or name it: make up PYTHON=/path/to/python3.11"

# Debian and Ubuntu ship Python without the part that makes environments.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "This Python cannot make environments yet: installing $package."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package"
    else
        fail "This Python cannot make environments. On Debian and Ubuntu: sudo apt-get install $package  – then run this again."
    fi
fi

"$python" -m venv --clear "$venv"
