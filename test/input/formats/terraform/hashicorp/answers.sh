#!/usr/bin/env bash
# Asks HashiCorp's own parser anew about the texts in answers.jsonl. On Debian it comes with
# apt-get install -y --no-install-recommends golang-go golang-github-hashicorp-hcl-v2-dev
set -euo pipefail
cd "$(dirname "$0")"
export GO111MODULE=off GOPATH=/usr/share/gocode
node -e 'console.log(JSON.stringify(require("fs").readFileSync("answers.jsonl", "utf8").trim().split("\n").map(line => JSON.parse(line).text)))' |
  go run main.go > answers.new
mv answers.new answers.jsonl
