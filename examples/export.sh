#!/usr/bin/env bash
# Writes all users and conferences to files, one JSON object a line: examples/export.sh FOLDER
# PARLEY_URL and PARLEY_API_KEY say where the server is and who asks; PARLEY names the command.
set -euo pipefail
parley=${PARLEY:-parley}
folder=${1:?a folder is needed}
mkdir -p "$folder"
for list in users conferences; do
  # Into place only when complete, so that a file that is there can be relied upon.
  $parley query --all "$list" > "$folder/$list.jsonl.part"
  mv "$folder/$list.jsonl.part" "$folder/$list.jsonl"
  echo "$list: $(wc -l < "$folder/$list.jsonl")"
done
