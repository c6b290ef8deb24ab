import { shippedRules } from '../lint-example.js';

/** Role definitions of every shape and fault that the rules' examples have, as files. */
export const samples: readonly Buffer[] = shippedRules.rules.flatMap(rule =>
  rule.examples.map(({ document, text, snapshot }) =>
    Buffer.from(text ?? JSON.stringify(document ?? snapshot, null, 2)),
  ),
);
