// Runs azrbac again and again in one process, as starting it takes longer than what is tested. Reads lines of JSON,
// { args, env }, and answers each with a line: { exitCode, stdout, stderr }.
import { createInterface } from 'node:readline';
import { main } from '../../dist/commands/dispatch.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { args, env } = JSON.parse(line);
  // Azure's libraries look for what they sign in with in the process's own surroundings.
  Object.assign(process.env, env);
  const output = { stdout: '', stderr: '' };
  const streamTo = name => ({ write: text => (output[name] += text) });
  const io = { stdin: [], stdout: streamTo('stdout'), stderr: streamTo('stderr'), cwd: process.cwd(), env: process.env };
  const exitCode = await main(args, io);
  process.stdout.write(`${JSON.stringify({ exitCode, ...output })}\n`);
}
