import type { Fix } from '../../lint/checks/match.js';
import type { Finding } from '../../lint/engine/finding.js';

/** What to do: the very edit where there is one that needs no judgement, else what the rule advises. */
export function fixOf({ fix, rule }: Pick<Finding, 'fix' | 'rule'>): string {
  return fix === undefined ? rule.fix : editSentence(fix);
}

function editSentence(fix: Fix): string {
  switch (fix.kind) {
    case 'remove':
      return 'remove this entry (--fix does it)';
    case 'replace':
      return `write "${fix.text}" (${fix.effect === 'none' ? '--fix does it' : '--fix --fix-typos does it'})`;
    case 'move':
      return `move it to ${listNames[fix.to]} (--fix does it)`;
  }
}

const listNames = {
  actions: 'Actions',
  notActions: 'NotActions',
  dataActions: 'DataActions',
  notDataActions: 'NotDataActions',
} as const;
