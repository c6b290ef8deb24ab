import type { Notice } from '../../errors.js';
import { membershipCommand } from '../../tenant/access/membership-command.js';
import type { IdentitySummary } from './check-report.js';

/** The notices on one identity. */
interface Noticed {
  readonly summary: Pick<IdentitySummary, 'subject'>;
  readonly notices: readonly Notice[];
}

export const groupsUnknown = 'groups-unknown';

/** All notices. Identities of which nobody knows the groups share one, with the one command that tells. */
export function noticesWithCommand(checked: readonly Noticed[]): Notice[] {
  const open = checked.filter(({ notices }) => notices.some(isGroupsUnknown));
  const [first] = open;
  const all = checked.flatMap(({ notices }) => notices);
  if (first === undefined) return all;
  const told = first.notices.find(isGroupsUnknown)!;
  const ids = open.flatMap(({ summary }) => summary.subject.principal ?? []);
  const others = open.length - 1;
  const also = others === 0 ? '' : ` The same goes for ${others} more.`;
  const command = `Save in the folder of the snapshot what this prints: ${membershipCommand(ids)}`;
  const joint = { ...told, message: `${told.message}${also} ${command}` };
  return all.flatMap(notice => (notice === told ? [joint] : isGroupsUnknown(notice) ? [] : [notice]));
}

function isGroupsUnknown({ code }: Notice): boolean {
  return code === groupsUnknown;
}
