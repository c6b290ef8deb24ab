/**
 * The command that says which groups principals are in, through other groups too, in files that a folder of exports may
 * hold (https://learn.microsoft.com/graph/api/directoryobject-getmembergroups).
 */
export function membershipCommand(principals: readonly string[]): string {
  const ask =
    'az rest --method post --url https://graph.microsoft.com/v1.0/directoryObjects/$id/getMemberGroups --body \'{"securityEnabledOnly":false}\'';
  return `for id in ${principals.slice(0, maxAsked).join(' ')}; do ${ask} > transitiveMemberOf-$id.json; done`;
}

/** A line of some length can still be read, and copied. */
const maxAsked = 20;
