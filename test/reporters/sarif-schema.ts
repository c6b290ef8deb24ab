import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** A log of one run, as far as tests look into it. */
export interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly rules: readonly SarifRule[]; readonly notifications: readonly object[] };
      };
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly object[] }];
      readonly results: readonly [SarifResult, SarifResult];
    },
  ];
}

interface SarifRule {
  readonly id: string;
  readonly properties: object;
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: object;
      };
    },
  ];
  readonly relatedLocations: readonly object[];
  readonly suppressions: readonly object[];
  readonly properties: { readonly severity: string };
}

/** What the SARIF 2.1.0 schema has against a log: empty where it is valid. */
export function sarifSchemaErrors(log: unknown): readonly string[] {
  validate ??= new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(new URL('sarif-schema/sarif-2.1.0.json', import.meta.url), 'utf8')),
  );
  if (validate(log)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

// Compiling takes half a second.
let validate: ValidateFunction | undefined;
