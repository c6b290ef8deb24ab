#!/usr/bin/env bash
# Starts azrbac on the oldest and newest supported Node versions, and on two whose V8 takes each other's code for its own,
# all with one cache: bash test/every-node.sh. Fetches 7 Nodes from npm into .nodes/, 0.3 GB packed, 1.2 GB unpacked.
set -euo pipefail
cd "$(dirname "$0")/.."

nodes=(20.19.0 20.20.1 20.20.2 22.12.0 22 24.0.0 24)
for version in "${nodes[@]}"; do bash test/fetch-node.sh "$version" & done
wait
[ -f dist/bin/main.cjs ] || npm run build
AZRBAC_NODES=${#nodes[@]} npx --no-install vitest run --config test/vitest.config.ts test/bin/every-node.test.ts
