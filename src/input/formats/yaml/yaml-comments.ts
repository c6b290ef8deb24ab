import type { Comment } from '../../source-document.js';

/**
 * Comments that begin a line or stand behind a blank, outside of quotes. In a block of text a line that looks like one is
 * taken for one: only those count that suppress a finding, and nobody writes these into a text.
 */
export function commentsOfYaml(text: string): Comment[] {
  const comments: Comment[] = [];
  if (!text.includes('azrbac-ignore')) return comments;
  for (const found of text.matchAll(comment)) {
    const start = found.index + found[1]!.length;
    comments.push({ start, end: start + found[2]!.length, text: found[2]! });
  }
  return comments;
}

/** The line in front of it holds no quote that is still open. */
const comment = /^((?:[^'"#\n]|'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|(?<=\S)#)*)(?<!\S)(#[^\n]*)/gm;
