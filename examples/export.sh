#!/usr/bin/env bash
# Writes all users and all conferences to one file each, one JSON object per line.
#
#   examples/export.sh FOLDER
#
# PARLEY_URL: URL of the API. PARLEY_API_KEY: API key. PARLEY: the command (default: parley).
set -euo pipefail
parley=${PARLEY:-parley}
folder=${1:?The argument FOLDER is required.}
mkdir -p "$folder"
for list in users conferences; do
  # The file gets its name when it is complete, so that a program never reads a part of it.
  $parley query --all "$list" > "$folder/$list.jsonl.part"
  mv "$folder/$list.jsonl.part" "$folder/$list.jsonl"
  echo "$list: $(wc -l < "$folder/$list.jsonl")"
done
