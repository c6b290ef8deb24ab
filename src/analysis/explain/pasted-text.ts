import { foldCase } from '../../rbac/permissions/action-pattern.js';

/** A pasted text without its wrappings. */
export interface PastedText {
  /** Runs of blanks are one blank; one line feed where a line ended. */
  readonly text: string;
  /** The same in lower case with blanks for line feeds, to find phrases in. Positions are equal. */
  readonly folded: string;
}

/**
 * Takes off what terminals, logs and JSON put around a message: colours, time stamps, log commands, frames, escapes
 * (however often they were escaped again). An access token in it is taken out.
 */
export function readPastedText(pasted: string): PastedText {
  const text = pasted
    .replace(accessToken, ' [token] ')
    .replace(colour, '')
    .replace(escaped, (_, after: string) => unescape(after))
    .replace(accessToken, ' [token] ')
    .replace(entity, (_, name: string) => entities[name.toLowerCase() as keyof typeof entities])
    .replace(/\r\n?/g, '\n')
    .replace(lineStart, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n');
  return { text, folded: foldCase(text).replaceAll('\n', ' ') };
}

/** Whether the text is an access token, perhaps damaged, and nothing else. */
export function isAccessToken(text: string): boolean {
  return /^\s*(?:authorization:\s*)?(?:bearer\s+)?["']?eyJ[\w-]{8}[\w.=-]*["']?\s*$/i.test(
    text.slice(0, 100_000),
  );
}

const accessToken = /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g;

const colour = /\u001b\[[0-9;?]*[A-Za-z]/g;

// A run of backslashes and what it escapes: as many as it takes to be JSON in JSON in JSON.
const escaped = /\\+(u[0-9a-f]{4}|[\s\S]|$)/gi;

function unescape(after: string): string {
  if (after.length === 5) return String.fromCharCode(Number.parseInt(after.slice(1), 16));
  return after === 'n' || after === 'r' ? '\n' : after === 't' ? ' ' : after;
}

const entity = /&(quot|apos|amp|lt|gt|#39|#34);/gi;

const entities = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>', '#39': "'", '#34': '"' } as const;

// Time stamps and commands of CI logs, the frames of PowerShell and Terraform, quotations.
const lineStart =
  /^[^\S\n]*(?:\d{4}-\d\d-\d\d[T ][\d:.,]+Z?[^\S\n]*)?(?:##\[[a-z]+\]|::(?:error|warning|notice|debug)[^:\n]{0,300}::)?[^\S\n]*(?:[|│╷╵>][^\S\n]*)?/gm;
