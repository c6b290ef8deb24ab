import type { IdentityData, PrincipalData } from '../html-report/report-data.js';
import { typeWord } from './words.js';

/** What it is: `guest`, `managed identity`, … */
export function identityWord(identity: IdentityData, principal: PrincipalData): string {
  const word = kindOf(identity, principal);
  return identity.isDisabled === true ? `${word}, disabled` : word;
}

function kindOf({ isGuest, servicePrincipalType }: IdentityData, { type }: PrincipalData): string {
  if (isGuest === true) return 'guest';
  if (servicePrincipalType === 'ManagedIdentity') return 'managed identity';
  if (servicePrincipalType === 'Application') return 'application';
  if (type === 'Group') return 'group of unknown members';
  return typeWord(type);
}
