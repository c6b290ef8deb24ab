import { append } from '../../maps.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { listNames } from '../checks/action-verdict.js';
import { actionKey } from '../../rbac/model/action-key.js';
import {
  planeOf,
  type ActionEntry,
  type ActionList,
  type Permission,
  type Plane,
} from '../../rbac/model/role-definition.js';
import { actionLists } from '../../rbac/model/role-properties.js';
import { EntryPermissions } from '../../rbac/permissions/role-permissions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { PatternList } from '../../rbac/permissions/pattern-list.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { PlannedFix, Refusal } from './plan.js';
import { movedText } from './with-fixes.js';

/** Holds one permission as it was against what the changed text makes of it. */
export class EntryProof {
  private readonly after: EntryPermissions;

  constructor(
    private readonly before: Permission,
    after: Permission,
    private readonly tools: ProofTools,
  ) {
    this.after = this.permissionsOf(after);
  }

  /** First what fixes claim one by one; then whether they explain all that is different. */
  unproved(fixes: readonly PlannedFix[]): Refusal[] {
    const refused = fixes.flatMap(fix => {
      const reason = this.objectionTo(fix);
      return reason === undefined ? [] : [{ finding: fix.finding, reason }];
    });
    if (refused.length > 0 || this.isExplainedBy(fixes)) return refused;
    const reason = 'the role would grant more or less than the fix is for';
    return fixes.map(({ finding }) => ({ finding, reason }));
  }

  private objectionTo(fix: PlannedFix): string | undefined {
    const { finding, entry, from } = fix;
    const [list, text] = [listNamed(from), String(entry.kind === 'string' ? entry.value : '')];
    switch (finding.fix.kind) {
      case 'remove':
        return finding.fix.effect === 'intended' || this.covers(list, text)
          ? undefined
          : 'no other entry of its list covers it';
      case 'replace':
        return finding.fix.effect === 'intended' || actionKey(finding.fix.text) === actionKey(text)
          ? undefined
          : 'what would stand there means something else';
      case 'move':
        return this.objectionToMove(list, finding.fix.to, movedText(fix));
    }
  }

  private objectionToMove(from: ActionList, to: ActionList, text: string): string | undefined {
    if (to !== counterpart[from]) return 'it would not stand in the same list of the other plane';
    if (!this.covers(to, text)) return `${listNames[to]} would not hold it`;
    return isGranting(to) && !this.grants(text, planeOf[to])
      ? `${listNames[to === 'actions' ? 'notActions' : 'notDataActions']} takes away what it would grant there`
      : undefined;
  }

  /** Whether the list, as it will be, has the string or a wider one. */
  private covers(list: ActionList, text: string): boolean {
    const patterns = this.after.list(list);
    const key = actionKey(text);
    return (patterns.spelledOut(key) ?? patterns.findWider(entryOf(text, list, this.before))) !== undefined;
  }

  /** Whether the permission, as it will be, grants what the string stands for, or some of it where that is a wildcard. */
  private grants(text: string, plane: Plane): boolean {
    if (!text.includes('*')) return this.after.witness(text, plane) !== undefined;
    for (const number of this.tools.index.expand(text)) {
      if (this.after.witness(this.tools.catalog.operations.at(number).name, plane) !== undefined) return true;
    }
    return false;
  }

  /**
   * The permission as the intended fixes alone make it must grant what the text will grant, to the operation, and differ
   * from what it granted before by nothing but what those fixes name.
   */
  private isExplainedBy(fixes: readonly PlannedFix[]): boolean {
    const intended = fixes.filter(({ finding }) => finding.fix.effect === 'intended');
    const meant = intended.length === 0 ? this.before : withIntended(this.before, intended);
    const [old, expected] = [this.permissionsOf(this.before), this.permissionsOf(meant)];
    if (changesBetween(expected, this.after).length > 0) return false;
    if (intended.length === 0) return true;
    const allowed = changesNamedBy(intended, this.before);
    return changesBetween(old, expected).every(
      ({ change, name }) => allowed.get(change)?.find(name) !== undefined,
    );
  }

  private permissionsOf(permission: Permission): EntryPermissions {
    return new EntryPermissions(permission, this.tools.catalog, this.tools.index);
  }
}

const counterpart: Readonly<Record<ActionList, ActionList>> = {
  actions: 'dataActions',
  notActions: 'notDataActions',
  dataActions: 'actions',
  notDataActions: 'notActions',
};

function isGranting(list: ActionList): boolean {
  return list === 'actions' || list === 'dataActions';
}

function listNamed(name: string): ActionList {
  return actionLists.find(list => list.toLowerCase() === name.toLowerCase()) ?? 'actions';
}

function entryOf(text: string, list: ActionList, { at }: Permission): ActionEntry {
  return { text, key: actionKey(text), list, permissionIndex: 0, at };
}

/** The permission with what is meant to change in what it grants, and nothing else. */
function withIntended(permission: Permission, fixes: readonly PlannedFix[]): Permission {
  const fixByStart = new Map(fixes.map(fix => [fix.entry.start, fix]));
  const lists = Object.fromEntries(actionLists.map(list => [list, [] as ActionEntry[]]));
  for (const list of actionLists) {
    for (const entry of permission[list]) {
      const fix = fixByStart.get(entry.at.range?.start ?? -1)?.finding.fix;
      if (fix === undefined) lists[list]!.push(entry);
      else if (fix.kind === 'replace') lists[list]!.push(entryOf(fix.text, list, permission));
      else if (fix.kind === 'move') lists[fix.to]!.push(entryOf(entry.text.trim(), fix.to, permission));
    }
  }
  return { ...permission, ...lists };
}

type Change = `${Plane} ${'gained' | 'lost'}`;

/** What fixes may give and take, on which plane. */
function changesNamedBy(fixes: readonly PlannedFix[], permission: Permission): Map<Change, PatternList> {
  const named = new Map<Change, ActionEntry[]>();
  const name = (list: ActionList, kind: 'added' | 'removed', text: string): void => {
    const direction = (kind === 'added') === isGranting(list) ? 'gained' : 'lost';
    const change: Change = `${planeOf[list]} ${direction}`;
    append(named, change, entryOf(text, list, permission));
  };
  for (const fix of fixes) {
    const { from, entry, finding } = fix;
    const text = entry.kind === 'string' ? String(entry.value) : '';
    // An entry on the wrong plane did nothing there: a move that takes something away is no such thing.
    if (finding.fix.kind === 'move') name(finding.fix.to, 'added', movedText(fix));
    else name(listNamed(from), 'removed', text);
    if (finding.fix.kind === 'replace') name(listNamed(from), 'added', finding.fix.text);
  }
  return new Map([...named].map(([change, entries]) => [change, new PatternList(entries)]));
}

/** Every operation that is granted by one of two permissions and not by the other. */
function changesBetween(
  old: EntryPermissions,
  now: EntryPermissions,
): { readonly change: Change; readonly name: string }[] {
  const [gained, lost] = [now.set.subtract(old.set), old.set.subtract(now.set)];
  return (['control', 'data'] as const).flatMap(plane => [
    ...namesIn(gained, plane).map(name => ({ change: `${plane} gained` as const, name })),
    ...namesIn(lost, plane).map(name => ({ change: `${plane} lost` as const, name })),
  ]);
}

function namesIn(set: PermissionSet, plane: Plane): string[] {
  return [...set.operations(plane), ...set.unknownPlaneOperations(plane)];
}

/** What a proof needs to know of operations. */
export interface ProofTools {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
}
