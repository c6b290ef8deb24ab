// Tests and the code that they run as one script, made anew for each mutant: nothing that one remembers is left for the next.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const require = createRequire(import.meta.url);

/** The bundle's text: a function from what it needs of outside to a function per test file that loads it. */
export async function bundle({ root, testFiles, woven }) {
  const entry = testFiles.map(
    file => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`,
  );
  const { outputFiles } = await build({
    stdin: { contents: `module.exports = {${entry.join(',\n')}};`, resolveDir: root },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [{ name: 'mutants', setup: setup => setup.onLoad({ filter: /\.[cm]?ts$/ }, load) }],
  });
  return outputFiles[0].text;

  function load({ path }) {
    const text = woven.get(relative(root, path)) ?? readFileSync(path, 'utf8');
    const url = JSON.stringify(pathToFileURL(path).href);
    return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
  }
}

/** Compiles once; each call of what it returns runs the script from its beginning. */
export function compile(text) {
  const parameters = 'require, module, exports, __mutant, __round';
  const start = new Script(`(function(${parameters}) {${text}\n})`, {
    filename: 'mutants.cjs',
  }).runInThisContext();
  return ({ instead, mutant, round }) => {
    const module = { exports: {} };
    const requireFrom = name => instead[name] ?? require(name);
    start(requireFrom, module, module.exports, mutant, round);
    return module.exports;
  };
}
