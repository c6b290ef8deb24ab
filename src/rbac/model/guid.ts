/** Whether the whole text is a GUID in the form with hyphens, whatever its case. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text);
}

/** The GUID that an id ends in, in lower case: ids of one role differ in what stands before it. */
export function trailingGuid(id: string): string | undefined {
  const last = id.slice(id.lastIndexOf('/') + 1).trim();
  return isGuid(last) ? last.toLowerCase() : undefined;
}

/**
 * A GUID in the one form that ids are compared in: hyphens, lower case. Azure prints some without hyphens.
 * @returns undefined where the text is none.
 */
export function guidOf(text: string): string | undefined {
  if (isGuid(text)) return text.toLowerCase();
  if (!bareGuid.test(text)) return undefined;
  const ends = [0, 8, 12, 16, 20, 32];
  const parts = ends.slice(1).map((end, at) => text.slice(ends[at], end));
  return parts.join('-').toLowerCase();
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const bareGuid = /^[0-9a-f]{32}$/i;
