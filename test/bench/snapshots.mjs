// What a large tenant costs.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateTenant } from './generate-tenant.mjs';
import { measureOnce, timeCommands } from './measure.mjs';
import { limit, line, ms, ratio } from './report.mjs';

const script = name => fileURLToPath(new URL(name, import.meta.url));

/** Writes the snapshots into the folder first. */
export async function snapshots(folder, catalog, bin) {
  const [small, large] = [join(folder, 'small.ndjson.gz'), join(folder, 'large.ndjson.gz')];
  await generateTenant(small, catalog, { assignments: 100_000 });
  await generateTenant(large, catalog, { assignments: 1_000_000 });
  const parse = loading(small, large);
  asking(large);
  linting(small, large, bin);
  auditing(large, bin, parse);
}

function asking(large) {
  const output = execFileSync(process.execPath, [script('ask-tenant.mjs'), large], { encoding: 'utf8' });
  const { can, first, whoCan, slowest } = JSON.parse(output);
  line('can, 5,000 questions about them', `${can.toFixed(2)} ms`, limit(can, 1, 'ms'));
  line('who-can at 20 subscriptions, median', ms(whoCan), limit(whoCan, 300, 'ms'));
  line('the slowest of them, and the very first', `${ms(slowest)}, ${ms(first)}`);
}

function linting(small, large, bin) {
  const lint = file => [bin, 'lint', '--snapshot', file, '--fail-on', 'never', '--output', `${file}.txt`];
  const node = timeCommands({ node: ['-e', '0'] }, 5).node;
  const [hundred, million] = [measureOnce(lint(small)), measureOnce(lint(large))];
  line('lint a tenant with 1,000,000 role assignments', ms(million.milliseconds), limit(million.milliseconds / 1000, 60, 's'));
  line('the same, in runs of node -e 0', ms(node), ratio(million.milliseconds / node));
  line('peak memory of that', `${Math.round(million.bytes / 2 ** 20)} MiB`, limit(million.bytes / 2 ** 20, 2_560, 'MiB'));
  line('10 × the role assignments', '', ratio(million.milliseconds / hundred.milliseconds, { atMost: 12 }));
}

/** Every rule, paths to control, and what is found grouped by cause. */
function auditing(large, bin, parse) {
  const audit = [bin, 'audit', '--snapshot', large, '--fail-on', 'never', '--quiet', '--output', `${large}.txt`];
  const { milliseconds, bytes } = measureOnce(audit);
  line('audit a tenant with 1,000,000 role assignments', ms(milliseconds), limit(milliseconds / 1000, 60, 's'));
  line('the same, in times of the loop that parses it', '', ratio(milliseconds / parse));
  line('peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 2_560, 'MiB'));
}

/** @returns the milliseconds of the loop alone. */
function loading(small, large) {
  const load = file => [script('load-snapshot.mjs'), file];
  const median = timeCommands({ parse: [script('parse-lines.mjs'), large], small: load(small), large: load(large) }, 3);
  const { bytes } = measureOnce(load(large));
  line('unpack 1,000,000 role assignments, JSON.parse each line', ms(median.parse));
  line('load them as a snapshot', ms(median.large), limit(median.large / 1000, 12, 's'));
  line('the same, in times of the loop alone', '', ratio(median.large / median.parse, { atMost: 4 }));
  line('peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 1_000, 'MiB'));
  line('10 × the role assignments', '', ratio(median.large / median.small, { atMost: 11 }));
  return median.parse;
}
