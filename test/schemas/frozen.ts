import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

const folder = fileURLToPath(new URL('../../role-catalog/schemas', import.meta.url));

/** The names of the schemas that are shipped, such as `lint`. */
export const schemaNames = readdirSync(folder).map(file => file.replace(/\.v1\.json$/, ''));

/**
 * Validates against a shipped schema, more strictly than readers need to: for them, new fields are fine, while here each
 * field must be in the schema. @returns what does not fit; empty where all does.
 */
export function misfits(name: string, value: unknown): string[] {
  const validate = frozen.getSchema(fileOf(name)) as ValidateFunction;
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const frozen = new Ajv({ strict: true, allowUnionTypes: true });
for (const name of schemaNames) frozen.addSchema(closed(readSchema(name)) as object, fileOf(name));

/** A schema as it is shipped. */
export function readSchema(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`${folder}/${fileOf(name)}`, 'utf8')) as Record<string, unknown>;
}

function fileOf(name: string): string {
  return `${name}.v1.json`;
}

/** Objects whose properties are told have no others. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  const isObject = 'properties' in schema && 'type' in schema;
  return { ...Object.fromEntries(parts), ...(isObject && { additionalProperties: false }) };
}
