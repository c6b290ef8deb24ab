/** Damages bytes as accidents and attackers do: flips, cuts, doubles, splices in what is known to hurt. */
export function damage(bytes: Buffer, random: () => number): Buffer;
