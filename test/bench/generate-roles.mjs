import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mulberry32 } from './seeded.mjs';

/** Writes `count` role files of `entries` entries, in the shape of `az role definition create`. Seeded: always the same. */
export function generateRoles(folder, operations, { count, entries, seed = 1 }) {
  mkdirSync(folder, { recursive: true });
  const random = mulberry32(seed);
  const pick = list => list[Math.floor(random() * list.length)];
  const control = operations.filter(operation => operation.plane === 'control').map(operation => operation.name);
  const data = operations.filter(operation => operation.plane === 'data').map(operation => operation.name);
  for (let i = 0; i < count; i++) {
    const role = {
      Name: `Generated role ${i}`,
      IsCustom: true,
      Description: 'Made by the benchmark.',
      Actions: Array.from({ length: entries - 6 }, () => (random() < 0.1 ? widen(pick(control)) : pick(control))),
      NotActions: [pick(control), pick(control)],
      DataActions: Array.from({ length: 4 }, () => pick(data)),
      NotDataActions: [],
      AssignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
    };
    writeFileSync(join(folder, `role-${String(i).padStart(5, '0')}.json`), `${JSON.stringify(role, null, 2)}\n`);
  }
}

/** `A/b/c/read` becomes `A/b/*`: what people write. */
function widen(operation) {
  return `${operation.split('/').slice(0, 2).join('/')}/*`;
}
