import type { Check } from '../check.js';

/** Finds conditions of another version than 2.0. Where none is written, Azure takes that one. */
export const conditionVersion: Check<'condition'> = {
  subject: 'condition',
  optionsSchema: { type: 'object', additionalProperties: false },

  *evaluate({ version, match }) {
    const written = version?.trim() ?? '';
    if (written !== '' && written !== '2.0') yield match({ version: written });
  },
};
