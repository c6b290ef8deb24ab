// The build's second step, behind tsc: compiles the rules into one file and bundles the executable.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { basename } from 'node:path';
import { encodeRuleSet } from '../lint/engine/rule-file.js';
import { compileRules } from '../lint/engine/rules.js';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));
const packageJson = JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
};
/** Small, and needed in nearly every run. */
const bundled = new Set(['fastest-levenshtein', 'jsonc-parser', 'minimatch']);
const executable = `${packageFolder}dist/bin/azrbac.cjs`;

writeFileSync(`${packageFolder}dist/rules.json`, encodeRuleSet(compileRules(`${packageFolder}rules`)));
const forNode = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
} satisfies BuildOptions;
/** Dependencies of the package: loaded when they are needed. */
const external = Object.keys(packageJson.dependencies).filter(name => !bundled.has(name));
/** Readers of formats that few runs meet: each is a bundle of its own, which the executable loads when it needs it. */
const formats = [
  'rbac/model/roles-of-template',
  'rbac/model/roles-of-bicep',
  'rbac/model/roles-of-plan',
  'workspace/terraform-input',
];
for (const module of formats) {
  await build({
    ...forNode,
    entryPoints: [`${packageFolder}src/${module}.ts`],
    outfile: `${packageFolder}dist/bin/${basename(module)}.cjs`,
    external,
  });
}
await buildCommands('bin/main', [...formats, 'bin/commands']);
await buildCommands('bin/commands', formats);
await build({
  ...forNode,
  entryPoints: [`${packageFolder}src/bin/start.ts`],
  outfile: executable,
  banner: { js: '#!/usr/bin/env node' },
});
chmodSync(executable, 0o755);
await buildPage();

/** A bundle that loads those `late` modules when it needs them. */
async function buildCommands(module: string, late: readonly string[]): Promise<void> {
  const outfile = `${packageFolder}dist/${module}.cjs`;
  const { outputFiles, metafile } = await build({
    ...forNode,
    entryPoints: [`${packageFolder}src/${module}.ts`],
    outfile,
    external,
    define: { 'import.meta.url': 'azrbacModuleUrl' },
    banner: {
      js: [
        '"use strict"',
        'const azrbacModuleUrl=require("node:url").pathToFileURL(__filename).href',
        'const azrbacImport=require("./import.cjs");',
      ].join(';'),
    },
    plugins: [loadedLate(late)],
    write: false,
    metafile: true,
  });
  writeFileSync(outfile, inAscii(withoutImports(outputFiles[0]!.text, metafile)));
}

function loadedLate(late: readonly string[]): Plugin {
  return {
    name: 'loaded-late',
    setup(bundling) {
      bundling.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
        const module = late.find(each => basename(each) === basename(path, '.js'));
        if (kind !== 'dynamic-import' || module === undefined) return undefined;
        return { path: `./${basename(module)}.cjs`, external: true };
      });
    },
  };
}

/** The code and the style of the report's page: for browsers, and in it as they are. */
async function buildPage(): Promise<void> {
  await build({
    entryPoints: [
      `${packageFolder}src/reporters/report-page/main.tsx`,
      `${packageFolder}src/reporters/report-page/report-page.css`,
    ],
    outdir: `${packageFolder}dist`,
    entryNames: 'report-page',
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: ['es2022', 'chrome110', 'firefox115', 'safari16.4'],
    tsconfig: `${packageFolder}src/reporters/report-page/tsconfig.json`,
    // A name in it must not end the element that it stands in, and a hash is made of these very bytes.
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** What the bundle still imports at run time goes through src/bin/import.cts. */
function withoutImports(code: string, metafile: Metafile): string {
  const [output] = Object.values(metafile.outputs);
  const expected = output!.imports.filter(({ kind }) => kind === 'dynamic-import').length;
  let replaced = 0;
  const changed = code.replace(/\bimport\((?=")/g, () => {
    replaced++;
    return 'azrbacImport(';
  });
  if (replaced !== expected)
    throw new Error(`${expected} imports in the bundle, but ${replaced} found in its text`);
  return changed;
}

/** esbuild leaves regular expressions as they are. V8 reads a text of ASCII alone in half of the time. */
function inAscii(code: string): string {
  return code.replace(
    /[^\0-\x7f]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
