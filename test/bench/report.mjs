// One line per measurement; a limit that is missed is said at its line, and counted.
let missed = 0;

export function missedLimits() {
  return missed;
}

export function line(what, value, ...rest) {
  console.log(`${what.padEnd(58)} ${String(value).padStart(10)}  ${rest.join(' ')}`);
}

export function ms(value) {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function ratio(value, { atMost, atLeast } = {}) {
  const ok = (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
  const bound = atMost !== undefined ? ` (at most ${atMost} ×)` : atLeast !== undefined ? ` (at least ${atLeast} ×)` : '';
  return `${value.toFixed(2)} ×${bound}${verdict(ok)}`;
}

export function limit(value, most, unit) {
  return `(at most ${most} ${unit})${verdict(value <= most)}`;
}

function verdict(ok) {
  if (ok) return '';
  missed++;
  return ' MISSED';
}
