import type { Check, SubjectKind } from './check.js';

/** The checks that rules may name. */
export const checks = {
} as const satisfies Readonly<Record<string, AnyCheck>>;

/** A check whose options are checked elsewhere: against its `optionsSchema`, before a run. */
export type AnyCheck = { readonly [Kind in SubjectKind]: Check<Kind, never> }[SubjectKind];

/** Undefined where there is none of that name. */
export function findCheck(name: string): AnyCheck | undefined {
  return Object.hasOwn(checks, name) ? (checks as Readonly<Record<string, AnyCheck>>)[name] : undefined;
}

export function checkNames(): string[] {
  return Object.keys(checks);
}
