// What a large tenant costs.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateTenant } from './generate-tenant.mjs';
import { measureOnce, timeCommands } from './measure.mjs';
import { limit, line, ms, ratio } from './report.mjs';

const script = name => fileURLToPath(new URL(name, import.meta.url));

/** Writes the snapshots into the folder first. */
export async function snapshots(folder, catalog) {
  const [small, large] = [join(folder, 'small.ndjson.gz'), join(folder, 'large.ndjson.gz')];
  await generateTenant(small, catalog, { assignments: 100_000 });
  await generateTenant(large, catalog, { assignments: 1_000_000 });
  loading(small, large);
}

function loading(small, large) {
  const load = file => [script('load-snapshot.mjs'), file];
  const median = timeCommands({ parse: [script('parse-lines.mjs'), large], small: load(small), large: load(large) }, 3);
  const { bytes } = measureOnce(load(large));
  line('unpack 1,000,000 role assignments, JSON.parse each line', ms(median.parse));
  line('load them as a snapshot', ms(median.large), limit(median.large / 1000, 12, 's'));
  line('the same, in times of the loop alone', '', ratio(median.large / median.parse, { atMost: 4 }));
  line('peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 1_000, 'MiB'));
  line('10 × the role assignments', '', ratio(median.large / median.small, { atMost: 11 }));
}
