import type { TokenClaims } from './access-token.js';
import { type ServiceCall, resourceOf, serviceNames, serviceOfCall } from './audiences.js';

/** Whether a token can be used, and for the call that was asked about. */
export interface TokenVerdict {
  readonly state: 'valid' | 'expired' | 'not-yet-valid' | 'unknown';
  /** Null where no call was asked about. */
  readonly suits: boolean | null;
  /** Sentences for people. */
  readonly reasons: readonly string[];
}

/** Judges what a token says of itself; `now` in seconds since 1970. */
export function judgeToken(claims: TokenClaims, call: ServiceCall | undefined, now: number): TokenVerdict {
  const state = stateOf(claims, now);
  const reasons = [...stateReasons[state], ...(call === undefined ? [] : callReasons(claims, call))];
  const isForCall = call === undefined ? null : claims.service === serviceOfCall[call];
  const isUsable = state === 'valid' || state === 'unknown';
  return { state, suits: isForCall === null ? null : isForCall && isUsable, reasons };
}

function stateOf({ notBefore, expires }: TokenClaims, now: number): TokenVerdict['state'] {
  if (expires === null) return 'unknown';
  if (expires <= now) return 'expired';
  return notBefore !== null && notBefore > now ? 'not-yet-valid' : 'valid';
}

const stateReasons: Readonly<Record<TokenVerdict['state'], readonly string[]>> = {
  valid: [],
  expired: ['It has expired: fetch a new one.'],
  'not-yet-valid': ['It is not valid yet: is a clock wrong?'],
  unknown: ['It does not say when it expires.'],
};

function callReasons({ service }: TokenClaims, call: ServiceCall): string[] {
  const wanted = serviceOfCall[call];
  if (service === wanted)
    return [`Its audience suits ${call} calls; whether its owner may make them is a matter of roles.`];
  const is = service === undefined ? 'a service that azrbac does not know' : serviceNames[service];
  return [
    `Its audience does not suit ${call} calls: it is for ${is}, not for ${serviceNames[wanted]}. No role makes up for that.`,
    `Fetch one with: az account get-access-token --resource ${resourceOf[wanted]}`,
  ];
}
