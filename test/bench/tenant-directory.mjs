import { groupId, managementGroupName, principalId, subscriptionId } from './tenant-ids.mjs';
import { mulberry32 } from './seeded.mjs';

/** What the principal of that number is: of ten, six are users, one of them in ten a guest, and two are managed identities. */
export function kindOfPrincipal(number) {
  const kind = number % 10;
  if (kind < 6) return 'User';
  return kind < 8 ? 'Application' : 'ManagedIdentity';
}

export function* principalRows({ principals, groups, seed }) {
  for (let number = 0; number < principals; number++) {
    const random = mulberry32(seed + number * 7919);
    const kind = kindOfPrincipal(number);
    const isUser = kind === 'User';
    const own = isUser
      ? { userType: number % 60 === 0 ? 'Guest' : 'Member', accountEnabled: random() > 0.03 }
      : { servicePrincipalType: kind, accountEnabled: true };
    const owners = kind === 'Application' && random() < 0.3 ? { owners: [userId(random, principals)] } : {};
    yield {
      id: principalId(number),
      type: isUser ? 'User' : 'ServicePrincipal',
      displayName: isUser ? `User ${number}` : `${kind === 'Application' ? 'app' : 'id'}-${number}`,
      memberOf: someGroups(random, isUser ? 8 : 2, groups),
      ...own,
      ...owners,
    };
  }
}

/** Those of a fifth lie in those of the fifth before, so that none is more than five deep. */
export function* groupRows({ groups, principals, seed }) {
  const level = Math.ceil(groups / 5);
  for (let number = 0; number < groups; number++) {
    const random = mulberry32(seed + 104_729 + number);
    const above = Math.floor(number / level) - 1;
    const memberOf = above < 0 || random() > 0.4 ? [] : [groupId(above * level + Math.floor(random() * level))];
    const owners = random() < 0.5 ? [userId(random, principals)] : [];
    yield { id: groupId(number), type: 'Group', displayName: `Group ${number}`, memberOf, owners };
  }
}

/** At most six levels below the root, as Azure allows. */
export function managementGroupParents({ managementGroups, seed }) {
  const random = mulberry32(seed + 1);
  const depths = [0];
  const parents = [null];
  for (let number = 1; number < managementGroups; number++) {
    let parent = Math.floor(random() * number);
    while (depths[parent] === 6) parent = parents[parent];
    parents.push(parent);
    depths.push(depths[parent] + 1);
  }
  return parents;
}

export function* managementGroupRows(sizes) {
  for (const [number, parent] of managementGroupParents(sizes).entries())
    yield { id: managementGroupName(number), parent: parent === null ? null : managementGroupName(parent) };
}

export function* subscriptionRows({ subscriptions, managementGroups, seed }) {
  const random = mulberry32(seed + 2);
  for (let number = 0; number < subscriptions; number++) {
    const managementGroup = managementGroupName(Math.floor(random() * managementGroups));
    yield { id: subscriptionId(number), displayName: `Subscription ${number}`, managementGroup };
  }
}

function someGroups(random, most, groups) {
  if (groups === 0) return [];
  const count = Math.floor(random() * (most + 1));
  return [...new Set(Array.from({ length: count }, () => groupId(Math.floor(random() ** 2 * groups))))];
}

function userId(random, principals) {
  return principalId(Math.floor((random() * principals) / 10) * 10);
}
