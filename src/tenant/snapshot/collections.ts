/** The collections of a snapshot, named as its properties are. */
export const collections = [
  'roleDefinitions',
  'roleAssignments',
  'denyAssignments',
  'eligibleAssignments',
  'activeAssignments',
  'principals',
  'managementGroups',
  'subscriptions',
  'resources',
  'gaps',
] as const;

export type Collection = (typeof collections)[number];
