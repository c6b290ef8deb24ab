export const signInMethods = [
  'default',
  'cli',
  'managed-identity',
  'workload',
  'env',
  'device-code',
] as const;

export type SignInMethod = (typeof signInMethods)[number];
