// npm run bench: what azrbac costs, as ratios against something measured in the same run.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Minimatch, escape } from 'minimatch';
import { Catalog } from '../../dist/rbac/catalog/catalog.js';
import { permissionsOf } from '../../dist/rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../dist/rbac/permissions/operation-index.js';
import { collecting } from '../collect/scale.mjs';
import { generateAccess } from './generate-access.mjs';
import { generateRoles } from './generate-roles.mjs';
import { hostileInputs } from './hostile-inputs.mjs';
import { bestOf, measureOnce, timeCommands, timePasses } from './measure.mjs';
import { limit, line, missedLimits, ms, ratio } from './report.mjs';
import { reportPage } from './report-page.mjs';
import { snapshots } from './snapshots.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).bin.azrbac);
const catalogFolder = join(root, 'role-catalog');
const catalog = Catalog.load(catalogFolder);
const folder = mkdtempSync(join(tmpdir(), 'azrbac-bench-'));

try {
  startUp();
  catalogLoad();
  expansion();
  manyFiles();
  manyIdentities();
  await hostileInputs(folder, bin);
  await reportPage(folder);
  await snapshots(folder, catalog, bin);
  await collecting(folder, bin);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missedLimits() > 0 ? 1 : 0;

function startUp() {
  const role = join(root, 'docs/examples/online-endpoint-scorer.json');
  const median = timeCommands(
    {
      node: ['-e', '0'],
      lint: [bin, 'lint', role, '--fail-on', 'never'],
      json: [bin, 'lint', role, '--fail-on', 'never', '--format', 'json'],
      expand: [bin, 'expand', 'Microsoft.Compute/*/read'],
    },
    25,
  );
  line('node -e 0', ms(median.node));
  line('lint one role file, text', ms(median.lint), ratio(median.lint / median.node, { atMost: 2 }));
  line('lint one role file, JSON', ms(median.json), ratio(median.json / median.node, { atMost: 2 }));
  line('expand one pattern', ms(median.expand), ratio(median.expand / median.node));
}

function catalogLoad() {
  const parse = bestOf(10, () => JSON.parse(JSON.stringify([...catalog.operations])));
  const load = bestOf(10, () => Catalog.load(catalogFolder).operations.find('Microsoft.Compute/virtualMachines/read'));
  const all = bestOf(10, () => Catalog.load(catalogFolder).operations.providers.forEach(provider => provider.lowerNames));
  line('load the catalog and find an operation', ms(load), ratio(load / parse), 'of the same as JSON');
  line('load the catalog and decode every name', ms(all), ratio(all / parse), 'of the same as JSON');
}

function expansion() {
  const roles = [...catalog.builtInRoles.all()];
  const index = new OperationIndex(catalog);
  const lists = ['actions', 'notActions', 'dataActions', 'notDataActions'];
  const ours = () => {
    index.forget();
    for (const role of roles) permissionsOf(role, catalog, index).set;
  };
  // The other side: one reused Minimatch object per distinct wildcard, tried on every operation of its plane. Its strings
  // are made ready beforehand, so that nothing but matching is timed.
  const subjects = { control: subjectsOf('data'), data: subjectsOf('control') };
  const wildcards = new Map();
  for (const role of roles) {
    for (const permission of role.permissions) {
      for (const list of lists) {
        const plane = list === 'actions' || list === 'notActions' ? 'control' : 'data';
        for (const { text } of permission[list]) {
          if (text.includes('*')) wildcards.set(`${plane} ${text.toLowerCase()}`, { plane, glob: globOf(text.toLowerCase()) });
        }
      }
    }
  }
  let hits;
  const reference = () => {
    hits = 0;
    for (const { plane, glob } of wildcards.values()) {
      for (const subject of subjects[plane]) if (glob.match(subject)) hits++;
    }
  };
  bestOf(30, ours);
  const median = timePasses({ ours, reference }, 5);
  line(`expand all ${roles.length} built-in roles, caches emptied`, ms(median.ours));
  line(
    `${wildcards.size} wildcards by minimatch alone (${hits} hits)`,
    ms(median.reference),
    ratio(median.reference / median.ours, { atLeast: 300 }),
  );
}

/** As src/rbac/permissions/action-pattern.ts tells minimatch: slashes as another character, an anchor, the rest escaped. */
function globOf(pattern) {
  const parts = pattern.split(/(\/\*(?=\/)|\*)/).map(part => {
    if (part === '*') return '*';
    return part === '/*' ? '?(\u0001*)' : escape(part.replaceAll('/', '\u0001'));
  });
  const options = { nobrace: true, nonegate: true, nocomment: true, dot: true, platform: 'linux', optimizationLevel: 0 };
  return new Minimatch(`\u0002${parts.join('')}`, options);
}

function subjectsOf(otherPlane) {
  return [...catalog.operations]
    .filter(operation => operation.plane !== otherPlane)
    .map(operation => `\u0002${operation.name.toLowerCase().replaceAll('/', '\u0001')}`);
}

function manyFiles() {
  const operations = [...catalog.operations];
  const [hundred, thousand] = [join(folder, 'hundred'), join(folder, 'thousand')];
  generateRoles(hundred, operations, { count: 100, entries: 50 });
  generateRoles(thousand, operations, { count: 1000, entries: 50 });
  const lint = path => [bin, 'lint', path, '--format', 'json', '--fail-on', 'never'];
  const median = timeCommands({ node: ['-e', '0'], none: [bin, '--version'], hundred: lint(hundred), thousand: lint(thousand) }, 5);
  const { bytes } = measureOnce(lint(thousand));
  line('1,000 role files of 50 entries', ms(median.thousand), ratio(median.thousand / median.node, { atMost: 40 }));
  line('peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 250, 'MiB'));
  const growth = (median.thousand - median.none) / (median.hundred - median.none);
  line('10 × the files, start-up taken off', '', ratio(growth, { atMost: 11 }));
}

function manyIdentities() {
  const { access, snapshot } = generateAccess(folder, catalog.builtInRoles, { identities: 1000, assignments: 20 });
  const check = (format, file) => {
    return [bin, 'check', access, '--snapshot', snapshot, '--format', format, '--output', join(folder, file)];
  };
  const [text, json] = [check('text', 'report.txt'), check('json', 'report.json')];
  const median = timeCommands({ node: ['-e', '0'], text, json }, 7);
  const { bytes } = measureOnce(json);
  const size = Math.round(statSync(join(folder, 'report.json')).size / 2 ** 20);
  line(
    'check 1,000 identities with 20 assignments each, text',
    ms(median.text),
    ratio(median.text / median.node, { atMost: 32 }),
  );
  // All operations of all results: what that takes is told, and depends on the disk.
  line(`the same as ${size} MiB of JSON`, ms(median.json), ratio(median.json / median.node));
  line('peak memory of that', `${Math.round(bytes / 2 ** 20)} MiB`, limit(bytes / 2 ** 20, 400, 'MiB'));
}
