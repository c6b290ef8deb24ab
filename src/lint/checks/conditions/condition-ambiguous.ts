import type { Check } from '../check.js';

/** Finds conditions that mix AND and OR without parentheses. */
export const conditionAmbiguous: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ text, reading, match }) {
    const [first] = reading.parsed.ambiguities;
    if (first === undefined || reading.expression === undefined) return;
    yield match({ text: text.slice(first.start, first.end).replace(/\s+/g, ' '), offset: first.start });
  },
};
