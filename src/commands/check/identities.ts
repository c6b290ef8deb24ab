import { append } from '../../maps.js';
import { type IdentityNeed, identityParts, nameIn } from '../../analysis/azure-ml/need.js';
import { type Notice, UserError } from '../../errors.js';
import { isGuid } from '../../rbac/model/guid.js';
import { findPrincipal } from '../../workspace/load-tenant.js';
import { ResourceIdentities } from '../../tenant/snapshot/resource-identities.js';
import type { Snapshot } from '../../tenant/snapshot/snapshot.js';
import type { IdentityNeeds } from './access-file.js';
import type { FileCheck, KnownPrincipal } from './check-endpoint.js';

/** Needs by identity, each with its principal as far as files, options and snapshot tell. */
export function identitiesOf(
  { needs, known }: Pick<FileCheck, 'needs' | 'known'>,
  options: readonly string[],
  snapshot: Snapshot | undefined,
): { readonly identities: readonly IdentityNeeds[]; readonly notices: readonly Notice[] } {
  const given = new Map(options.map(option => parsePrincipal(option, snapshot)));
  const groups = groupsOf(needs);
  refuseStrangers([...given.keys()], groups);
  const join = new PrincipalJoin(given, known, snapshot);
  const found = groups.map(group => ({
    ...group,
    principal: join.principalOf(group),
    isLeftOut: join.isLeftOut(group),
  }));
  const strangers = found.filter(({ principal, isLeftOut }) => principal === undefined && !isLeftOut);
  if (snapshot !== undefined && strangers.length > 0)
    join.notices.push({ code: 'principal-unknown', message: unknownPrincipals(strangers) });
  return { identities: mergeSame(found), notices: join.notices };
}

/** With the options that work as they stand, and where the ids are to be had. */
function unknownPrincipals(strangers: readonly NeedGroup[]): string {
  const names = strangers.map(({ name }) => `"${name}"`).join(', ');
  const options = strangers.map(group => `--principal ${optionName(group)}=OBJECT-ID`).join(' ');
  const commands = [...new Set(strangers.flatMap(group => idCommand(group) ?? []))];
  const from = commands.length === 0 ? '' : ` (${commands.join('; ')})`;
  return `Not checked, since the object id is not known: ${names}. Add ${options}${from}; or put what az identity list -o json or az resource list -o json prints into the folder of the snapshot. "WHO=-" leaves one out.`;
}

function optionName({ identity, which }: NeedGroup): string {
  const name = which === undefined ? identity : nameIn(which);
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** What prints the object id. */
function idCommand({ identity, which }: NeedGroup): string | undefined {
  if (which !== undefined && /\/userassignedidentities\//i.test(which))
    return `az identity show --ids ${which} --query principalId`;
  const name = which === undefined ? 'NAME' : nameIn(which);
  if (identity === 'compute') return `az ml compute show --name ${name} --query identity.principal_id`;
  if (identity === 'endpoint') return 'az ml online-endpoint show --name NAME --query identity.principal_id';
  return identity === 'workspace'
    ? 'az ml workspace show --name NAME --query identity.principal_id'
    : undefined;
}

interface NeedGroup {
  readonly name: string;
  readonly identity: IdentityNeed['identity'];
  readonly which: string | undefined;
  readonly needs: readonly IdentityNeed[];
}

/** In the order of the parts. */
function groupsOf(needs: readonly IdentityNeed[]): NeedGroup[] {
  return identityParts.flatMap(identity => {
    const byWhich = new Map<string | undefined, IdentityNeed[]>();
    for (const need of needs) {
      if (need.identity !== identity) continue;
      append(byWhich, need.which, need);
    }
    return [...byWhich].map(([which, group]) => {
      return {
        name: which === undefined ? identity : `${identity} (${nameIn(which)})`,
        identity,
        which,
        needs: group,
      };
    });
  });
}

/** Finds a principal by object id, or by the name that the snapshot has for it. */
function parsePrincipal(option: string, snapshot: Snapshot | undefined): [string, string] {
  const at = option.lastIndexOf('=');
  const [who, id] = [option.slice(0, at).trim(), option.slice(at + 1).trim()];
  if (at > 0 && id === leftOut) return [who.toLowerCase(), leftOut];
  if (at > 0 && isGuid(id)) return [who.toLowerCase(), id.toLowerCase()];
  if (at > 0 && id !== '' && snapshot !== undefined)
    return [who.toLowerCase(), findPrincipal(id, { snapshot })];
  throw new UserError(`"--principal" needs WHO=OBJECT-ID, not "${option}".`, {
    hint: 'The object id is a GUID: az ad sp show --id CLIENT-ID --query id',
  });
}

/** Instead of an object id: this one is not to be checked. */
const leftOut = '-';

function refuseStrangers(names: readonly string[], groups: readonly NeedGroup[]): void {
  const known = new Set(groups.flatMap(group => namesOf(group)));
  const stranger = names.find(name => !known.has(name));
  if (stranger === undefined) return;
  const listed = [...new Set(groups.flatMap(group => [group.identity, optionName(group)]))].join(', ');
  throw new UserError(
    `"--principal" names "${stranger}", and nobody of that name needs anything in these files.`,
    {
      hint: listed === '' ? 'Nothing is needed there at all.' : `There is: ${listed}.`,
    },
  );
}

/** An identity is named by its part, by its own name or by its id. */
function namesOf({ identity, which, name }: NeedGroup): string[] {
  if (which === undefined) return [identity];
  return [identity, nameIn(which).toLowerCase(), name.toLowerCase(), which.toLowerCase()];
}

class PrincipalJoin {
  readonly notices: Notice[] = [];
  private byName: Map<string, string[]> | undefined;
  private readonly resources: ResourceIdentities | undefined;

  constructor(
    private readonly given: ReadonlyMap<string, string>,
    private readonly known: readonly KnownPrincipal[],
    private readonly snapshot: Snapshot | undefined,
  ) {
    this.resources = snapshot && new ResourceIdentities(snapshot);
  }

  principalOf(group: NeedGroup): string | undefined {
    const given = this.givenFor(group);
    if (given !== undefined) return given === leftOut ? undefined : given;
    const found = this.known.filter(
      ({ identity, which }) => identity === group.identity && which === group.which,
    );
    return (
      found.find(({ principal }) => principal !== undefined)?.principal ??
      this.fromResources(found) ??
      this.fromSnapshot(found[0]?.displayName)
    );
  }

  isLeftOut(group: NeedGroup): boolean {
    return this.givenFor(group) === leftOut;
  }

  /** The name that was given, where it tells more than its part. */
  private givenFor(group: NeedGroup): string | undefined {
    return namesOf(group)
      .reverse()
      .flatMap(name => this.given.get(name) ?? [])[0];
  }

  /** What the resource itself says is better than a name. Of several identities, the files say which by its id. */
  private fromResources(found: readonly KnownPrincipal[]): string | undefined {
    for (const { resource } of found) {
      const [identity, another] = resource === undefined ? [] : (this.resources?.of(resource) ?? []);
      if (identity !== undefined && another === undefined) return identity;
    }
    return undefined;
  }

  private fromSnapshot(displayName: string | undefined): string | undefined {
    if (displayName === undefined || this.snapshot === undefined) return undefined;
    this.byName ??= byDisplayName(this.snapshot);
    const [id, another] = this.byName.get(displayName.toLowerCase()) ?? [];
    if (another === undefined) return id;
    const message = `Several service principals are called "${displayName}"; say which one it is with --principal.`;
    this.notices.push({ code: 'principal-ambiguous', message });
    return undefined;
  }
}

function byDisplayName({ principals }: Snapshot): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, type, displayName } of principals.values()) {
    if (type !== 'ServicePrincipal' || displayName === undefined) continue;
    append(found, displayName.toLowerCase(), id);
  }
  return found;
}

/** One principal that plays several parts is one identity with all their needs. */
function mergeSame(
  identities: readonly (NeedGroup & Pick<IdentityNeeds, 'principal' | 'isLeftOut'>)[],
): IdentityNeeds[] {
  const merged = new Map<string, IdentityNeeds>();
  for (const { name, principal, isLeftOut, needs } of identities) {
    const key = principal ?? name;
    const known = merged.get(key);
    const joint =
      known === undefined
        ? { name, needs }
        : { name: `${known.name} and ${name}`, needs: [...known.needs, ...needs] };
    merged.set(key, { ...joint, principal, isLeftOut });
  }
  return [...merged.values()];
}
