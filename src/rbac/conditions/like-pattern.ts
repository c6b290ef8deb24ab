/**
 * Whether a text matches a pattern of `StringLike`: `*` stands for any run of characters, `?` for one, `\*` and `\?` for
 * themselves, any other backslash for itself
 * (https://learn.microsoft.com/azure/role-based-access-control/conditions-format#stringlike). Compares UTF-16 units. Takes
 * at most the product of the lengths: behind a star only the last one is ever tried again.
 */
export function matchesLike(text: string, pattern: string): boolean {
  const units = unitsOf(pattern);
  let [at, unit] = [0, 0];
  let lastStar = -1;
  let starEnd = 0;
  while (at < text.length) {
    if (units[unit] === anyRun) {
      lastStar = unit++;
      starEnd = at;
    } else if (unit < units.length && (units[unit] === anyOne || units[unit] === text.charCodeAt(at))) {
      at++;
      unit++;
    } else if (lastStar >= 0) {
      at = ++starEnd;
      unit = lastStar + 1;
    } else return false;
  }
  while (units[unit] === anyRun) unit++;
  return unit === units.length;
}

const anyRun = -1;
const anyOne = -2;

function unitsOf(pattern: string): readonly number[] {
  const units: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i];
    const next = pattern[i + 1];
    if (character === '\\' && (next === '*' || next === '?')) units.push(pattern.charCodeAt(++i));
    else if (character === '*') units.push(anyRun);
    else if (character === '?') units.push(anyOne);
    else units.push(pattern.charCodeAt(i));
  }
  return units;
}
