// node test/bench/load-snapshot.mjs FILE: loads a snapshot, and no more.
import { dirname, basename } from 'node:path';
import { readSnapshot } from '../../dist/tenant/snapshot/read-snapshot.js';

const file = process.argv[2];
const { isComplete } = await readSnapshot(basename(file), dirname(file));
if (!isComplete) throw new Error('Something is missing.');
