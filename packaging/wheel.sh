#!/usr/bin/env bash
# Builds the wheel and tags it for the oldest systems that it runs on.
#
#     packaging/wheel.sh TOOLS LIBRARY FOLDER      TOOLS is a virtual environment with packaging/requirements.txt
set -euo pipefail
tools=$1 library=$2 folder=$3

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

rm -rf "$folder"
mkdir -p "$folder/built"
stripped=$(realpath "$folder")/built/$(basename "$library")
strip -x -o "$stripped" "$library"

python3 packaging/licenses.py list target/THIRD-PARTY.txt
WTS_WHEEL_LIB=$stripped "$tools/bin/python" -m hatchling build -t wheel -d "$folder/built" >/dev/null
if [ "$(uname -s)" = Linux ]; then
    # The tag is what the symbols of glibc that the library needs allow.
    PATH=$tools/bin:$PATH "$tools/bin/auditwheel" repair --wheel-dir "$folder" "$folder"/built/*.whl
else
    mv "$folder"/built/*.whl "$folder"
fi
rm -r "$folder/built"
ls "$folder"/*.whl
