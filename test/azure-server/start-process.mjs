// Starts the local Azure in a process of its own: startAzureProcess(folder, { sizes, options }).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** node-forge is no ES module: what it requires must be there when it is bundled into one. */
const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };

/** Bundles the server into the folder first. @returns where it listens, and `close`, which tells what it refused. */
export async function startAzureProcess(folder, wanted) {
  const outfile = join(folder, 'azure-server.mjs');
  const entry = fileURLToPath(new URL('main.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', banner });
  const child = spawn(process.execPath, [outfile, JSON.stringify(wanted)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise(resolve => child.on('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => JSON.parse((await lines.next()).value);
  return {
    ...(await said()),
    pid: child.pid,
    async close() {
      child.stdin.end();
      const { refusals } = await said();
      return { refusals, exitCode: await exited };
    },
  };
}
