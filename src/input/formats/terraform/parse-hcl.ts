import type { Comment, SyntaxProblem } from '../../source-document.js';
import { HclBodies } from './hcl-bodies.js';
import { HclExpressions } from './hcl-expressions.js';
import { HclFault, type HclFaults } from './hcl-fault.js';
import type { HclAttribute, HclBlock, HclBody, HclExpression } from './hcl-syntax.js';
import { HclTokens } from './hcl-tokens.js';

/** A text of HCL as a tree, and what in it is none. */
export interface ParsedHcl {
  readonly body: HclBody;
  readonly comments: readonly Comment[];
  /** In order; the first ones, where there are many. */
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Parses a text without its byte order mark. Never throws: what is damaged costs the block at the top of the file that
 * it stands in at most, and of that no more than it must.
 */
export function parseHcl(text: string): ParsedHcl {
  const strict = new Problems('stop');
  const whole = tryRead(text, { from: 0, to: text.length }, strict);
  if (whole !== undefined) return { ...whole, problems: strict.all };
  return parseDamaged(text);
}

/** An expression alone, as in a string of a document in JSON. Undefined where the text is none. */
export function parseHclTemplate(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): HclExpression | HclFault {
  try {
    return new HclExpressions(new HclTokens(text, from, to), new Problems('stop')).readTemplate();
  } catch (fault) {
    if (fault instanceof HclFault) return fault;
    throw fault;
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface ReadBody {
  readonly body: HclBody;
  readonly comments: readonly Comment[];
}

/** Undefined where the reading stopped at a fault. */
function tryRead(text: string, stretch: Stretch, faults: Problems): ReadBody | undefined {
  try {
    return read(text, stretch, faults);
  } catch (fault) {
    if (fault instanceof HclFault) return undefined;
    throw fault;
  }
}

function read(text: string, { from, to }: Stretch, faults: Problems): ReadBody {
  const tokens = new HclTokens(text, from, to);
  const expressions = new HclExpressions(tokens, faults);
  const body = new HclBodies(tokens, expressions, faults).readAll();
  return { body, comments: tokens.comments };
}

/** Part by part: each begins where a line at the left edge begins like a block at the top of a file. */
function parseDamaged(text: string): ParsedHcl {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  const comments: Comment[] = [];
  const problems: SyntaxProblem[] = [];
  for (const stretch of partsOf(text)) {
    const strict = new Problems('stop');
    let part = tryRead(text, stretch, strict);
    if (part === undefined) {
      const tolerant = new Problems('go on');
      part = tryRead(text, stretch, tolerant);
      problems.push(...tolerant.all);
    } else problems.push(...strict.all);
    if (part === undefined) continue;
    for (const attribute of part.body.attributes) attributes.push(attribute);
    for (const block of part.body.blocks) blocks.push(block);
    for (const comment of part.comments) comments.push(comment);
  }
  const body = { attributes, blocks, start: 0, end: text.length };
  return { body, comments, problems: problems.slice(0, maxProblems) };
}

function partsOf(text: string): Stretch[] {
  const starts = [
    0,
    ...Array.from(text.matchAll(topOfBlock), ({ index }) => index).filter(index => index > 0),
  ];
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? text.length }));
}

/** What Terraform and OpenTofu have at the top of a file. Nested blocks have other names. */
const topOfBlock =
  /^(?:(?:resource|data|ephemeral)[ \t]+"[^"\n]*"[ \t]+"[^"\n]*"|(?:variable|output|module|provider|check|action|list)[ \t]+"[^"\n]*"|locals|terraform|moved|import|removed)[ \t]*\{/gm;

/** More say nothing new: they follow from the first ones. */
const maxProblems = 20;

class Problems implements HclFaults {
  readonly all: SyntaxProblem[] = [];
  private count = 0;

  constructor(private readonly onFault: 'stop' | 'go on') {}

  take(fault: HclFault): void {
    if (this.onFault === 'stop') throw fault;
    this.say(fault);
    // Each takes a search for a place to go on from.
    if (++this.count > maxFaults) throw fault;
  }

  say({ range, message }: HclFault): void {
    if (this.all.length < maxProblems) this.all.push({ start: range.start, end: range.end, message });
  }
}

/** In one part of a file. */
const maxFaults = 200;
