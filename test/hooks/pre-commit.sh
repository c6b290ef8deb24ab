#!/usr/bin/env bash
# The hook of .pre-commit-hooks.yaml in a real repository, installed and run by the real pre-commit: a role with a fault
# stops the commit, a sound one passes, JSON that is no role passes without a word.
# A file that is named like an option is no option.
# Where pre-commit is missing and cannot be installed, this says so and succeeds.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

if ! command -v pre-commit >/dev/null; then
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends pre-commit; } >/dev/null 2>&1; then
    echo 'SKIPPED: pre-commit is not installed, and apt-get cannot install it'
    exit 0
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME=$work/pre-commit
export GIT_AUTHOR_NAME=Tester GIT_AUTHOR_EMAIL=tester@example.com
export GIT_COMMITTER_NAME=Tester GIT_COMMITTER_EMAIL=tester@example.com
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

fail() {
  printf 'FAILED: %s\n' "$1"
  exit 1
}

# The project as it stands here, committed or not, as a repository that pre-commit can clone.
mkdir "$work/azrbac" "$work/roles"
(cd "$root" && git ls-files -z | tar --null --files-from=- --create --file=- --ignore-failed-read) |
  tar --extract --file=- --directory="$work/azrbac"
git -C "$work/azrbac" init -q
git -C "$work/azrbac" add .
git -C "$work/azrbac" commit -qm 'The project'

# pre-commit 4.6 and newer have npm install the repository globally. npm 12 and newer need to be told that git may be asked.
installing=(install --global --install-links --no-audit --no-fund --prefix "$work/global")
npm install --help 2>&1 | grep -- --allow-git >/dev/null && installing+=(--allow-git=root)
npm "${installing[@]}" "git+file://$work/azrbac" >"$work/global.txt" 2>&1 || { cat "$work/global.txt"; fail 'npm does not install the repository globally'; }
"$work/global/bin/azrbac" --version >/dev/null || fail 'what npm installed globally does not run'

cd "$work/roles"
git init -q
cat >.pre-commit-config.yaml <<CONFIG
default_language_version:
  node: system
repos:
  - repo: file://$work/azrbac
    rev: $(git -C "$work/azrbac" rev-parse HEAD)
    hooks:
      - id: azrbac
CONFIG
pre-commit install >/dev/null
mkdir data
for i in $(seq 300); do echo '{"temperature": 21}' >"data/$i.json"; done
git add .
# The first commit installs the hook.
git commit -qm 'No role yet' >"$work/empty.txt" 2>&1 || { cat "$work/empty.txt"; fail 'JSON that is no role stops a commit'; }
[ "$(wc -l <"$work/empty.txt")" -le 15 ] || { head -30 "$work/empty.txt"; fail 'JSON that is no role floods the output'; }

cp "$root/docs/examples/online-endpoint-scorer.json" scorer.json
git add scorer.json
if git commit -qm 'A role with a fault' >"$work/bad.txt" 2>&1; then fail 'a role with a fault was committed'; fi
grep -q 'ml-scoring-wildcard' "$work/bad.txt" || { cat "$work/bad.txt"; fail 'the finding is not shown'; }

sed -i 's|onlineEndpoints/\*/action|onlineEndpoints/score/action|' scorer.json
git add scorer.json
git commit -qm 'A sound role' >"$work/good.txt" 2>&1 || { cat "$work/good.txt"; fail 'a sound role stops a commit'; }

# Files that are named like options: findings stay, nothing is written over, and options of one's own change neither.
echo '{ "rules": { "ml-scoring-wildcard": "off" } }' >evil.json
echo '{}' >package.json
cp "$root/docs/examples/online-endpoint-scorer.json" ./--config=evil.json
cp scorer.json ./--output=package.json
git add -A
for args in '' '[--fail-on, low, --]' '[--fail-on, low]'; do
  [ -z "$args" ] || sed -i "/- id: azrbac/,\$ c\      - id: azrbac\n        args: $args" .pre-commit-config.yaml
  git add .pre-commit-config.yaml
  if git commit -qm 'Names like options' >"$work/names.txt" 2>&1; then
    cat "$work/names.txt"
    fail "a file named like an option silenced a finding (args: ${args:-none})"
  fi
  case $args in
    '[--fail-on, low]') grep -q 'would be taken for an option' "$work/names.txt" ;;
    *) grep -q -- '--config=evil.json:.*ml-scoring-wildcard\|ml-scoring-wildcard' "$work/names.txt" ;;
  esac || { cat "$work/names.txt"; fail "a file named like an option is not told of (args: ${args:-none})"; }
  [ "$(cat package.json)" = '{}' ] || fail "a file named like an option wrote over package.json (args: ${args:-none})"
done

# pre-commit installs the development dependencies as well, on every user's machine.
if [ -d "$root/node_modules" ]; then
  # Without what tests and tools have kept there since.
  size=$(du -smL --exclude=.cache "$root/node_modules" | cut -f1)
  [ "$size" -le 150 ] || fail "npm install brings $size MB, 150 are allowed"
  echo "npm install brings $size MB"
fi
echo 'pre-commit: a fault stops a commit, a sound role passes'
