/** A fenced block of a Markdown page. */
export interface Fence {
  /** What stands behind the backticks, such as `console`. */
  readonly info: string;
  /** Without the fences. */
  readonly body: string;
  /** Where the body starts in the page, and where it ends. */
  readonly start: number;
  readonly end: number;
  /** The line of the opening fence, counted from 1. */
  readonly line: number;
}

/** The fenced blocks of a page, in their order. Fences must stand at the start of a line. */
export function fencesOf(markdown: string): Fence[] {
  return Array.from(markdown.matchAll(/^(```+)([^\n]*)\n([\s\S]*?)^\1$/gm), match => {
    const [, ticks = '', info = '', body = ''] = match;
    const start = match.index + ticks.length + info.length + 1;
    return {
      info,
      body,
      start,
      end: start + body.length,
      line: markdown.slice(0, match.index).split('\n').length,
    };
  });
}

/** The page with other bodies in the places of these fences. */
export function withBodies(markdown: string, bodies: readonly (readonly [Fence, string])[]): string {
  let page = markdown;
  for (const [{ start, end }, body] of [...bodies].sort(([a], [b]) => b.start - a.start)) {
    page = page.slice(0, start) + body + page.slice(end);
  }
  return page;
}
