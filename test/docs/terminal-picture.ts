/** A terminal session, as `$ command` and what it wrote, drawn as an SVG that any page shows. */
export function terminalPicture(session: string): string {
  const lines = session.trimEnd().split('\n');
  const width = Math.ceil(Math.max(...lines.map(line => line.length)) * columnWidth) + 2 * margin;
  const height = lines.length * lineHeight + 2 * margin + barHeight;
  const texts = lines.map((line, i) => {
    const y = barHeight + margin + (i + 1) * lineHeight - 5;
    return `<text x="${margin}" y="${y}">${colored(line)}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal that runs azrbac">`,
    `<style>${style}</style>`,
    `<rect class="window" width="${width}" height="${height}" rx="8"/>`,
    ...[0, 1, 2].map(i => `<circle class="button" cx="${18 + 18 * i}" cy="15" r="5"/>`),
    ...texts,
    '</svg>',
  ].join('\n')}\n`;
}

const columnWidth = 7.85;
const lineHeight = 18;
const margin = 16;
const barHeight = 22;

const style = [
  'text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d4d7dd;white-space:pre}',
  '.window{fill:#1b1f27}.button{fill:#4a5160}.prompt{fill:#8fd18f}.name{font-weight:bold;fill:#fff}.muted{fill:#8d96a8}',
  '.critical,.high{font-weight:bold;fill:#ff8278}.medium{fill:#f2c063}.low{fill:#7db7ff}.info{fill:#a9b2c3}.failed{font-weight:bold;fill:#ff8278}',
].join('');

/** What the report paints in a terminal, told by its words. */
function colored(line: string): string {
  const command = /^(\$ )(.*)$/.exec(line);
  if (command !== null) return span('prompt', command[1]!) + span('name', command[2]!);
  const finding = /^( +[\d:]+ +)(CRITICAL|HIGH|MEDIUM|LOW|INFO)( .*)$/.exec(line);
  if (finding !== null)
    return escaped(finding[1]!) + span(finding[2]!.toLowerCase(), finding[2]!) + escaped(finding[3]!);
  const label = /^( +)(fix:)( .*)$/.exec(line);
  if (label !== null) return escaped(label[1]!) + span('muted', label[2]!) + escaped(label[3]!);
  if (line.startsWith('FAILED')) return span('failed', 'FAILED') + escaped(line.slice('FAILED'.length));
  return line.startsWith(' ') ? escaped(line) : span('name', line);
}

function span(name: string, text: string): string {
  return `<tspan class="${name}">${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(' ', '\u00a0');
}
