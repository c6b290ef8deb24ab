import type { Check } from './check.js';

/**
 * A document that is not what its format asks for and shows the key of a role definition: what could be read of it may
 * lack what the author wrote. Any other broken file is not our business.
 */
export const documentSyntax: Check<'document'> = {
  subject: 'document',
  optionsSchema: { type: 'object', additionalProperties: false },
  *evaluate(document) {
    const [first] = document.syntaxProblems;
    if (first === undefined || !showsRole(document.text)) return;
    const range = { start: first.start, end: first.end };
    yield { at: { document, pointer: '', range }, role: undefined, evidence: { problem: first.message } };
  },
};

/** `actions` is a word of many systems; beside an operation or a star it is ours. */
function showsRole(text: string): boolean {
  return (
    /\b(?:assignableScopes|notActions|dataActions|notDataActions)\b/i.test(text) ||
    (/\bactions\b/i.test(text) && /["'](?:\*|[a-z]+\.[a-z]+\/)/i.test(text))
  );
}
