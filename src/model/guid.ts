/** Whether the whole text is a GUID in the form with hyphens, whatever its case. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text);
}

/** The GUID that an id ends in, in lower case: ids of one role differ in what stands before it. */
export function trailingGuid(id: string): string | undefined {
  const last = id.slice(id.lastIndexOf('/') + 1).trim();
  return isGuid(last) ? last.toLowerCase() : undefined;
}

/** The form in which ids are compared: in lower case, and with hyphens where somebody left them out. */
export function comparableId(text: string): string {
  const lower = text.toLowerCase();
  return bareGuid.test(lower) ? lower.replace(bareGuid, '$1-$2-$3-$4-$5') : lower;
}

const bareGuid = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;
const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
