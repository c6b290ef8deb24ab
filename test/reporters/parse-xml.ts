/**
 * Reads the XML 1.0 that reports are made of (elements, attributes in double quotes, text, character references), strictly:
 * throws where a parser would have to. Returns the tags in order, those that end an element with a slash.
 */
export function parseXml(xml: string): string[] {
  const illegal = notXml.exec(xml);
  if (illegal !== null) throw fault('a character that XML forbids', illegal.index, xml);
  const tags: string[] = [];
  const open: string[] = [];
  let at = declaration.exec(xml)?.[0].length ?? 0;
  while (at < xml.length) {
    token.lastIndex = at;
    const match = token.exec(xml);
    if (match === null) throw fault('no markup', at, xml);
    const [all, start, attributes = '', end, text] = match;
    if (start !== undefined) {
      if (open.length === 0 && tags.length > 0) throw fault('a second root', at, xml);
      expectAttributes(attributes);
      open.push(start);
      tags.push(start);
    } else if (end !== undefined) {
      if (open.pop() !== end) throw fault('an end without a start', at, xml);
      tags.push(`/${end}`);
    } else {
      if (open.length === 0 && text?.trim() !== '') throw fault('text outside of the root', at, xml);
      expectReferences(text ?? '');
    }
    at += all.length;
  }
  if (open.length > 0 || tags.length === 0) throw new Error('Not XML: an element without an end.');
  return tags;
}

// https://www.w3.org/TR/xml/#charsets
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>/;
const token = /<([A-Za-z_][\w.-]*)((?:\s+[A-Za-z_][\w.-]*="[^<"]*")*)\s*>|<\/([A-Za-z_][\w.-]*)\s*>|([^<]+)/y;

function expectAttributes(text: string): void {
  const names = new Set<string>();
  for (const [, name = '', value = ''] of text.matchAll(/\s([\w.-]+)="([^"]*)"/g)) {
    if (names.has(name)) throw new Error(`Not XML: the attribute ${name} twice.`);
    names.add(name);
    expectReferences(value);
  }
}

function expectReferences(text: string): void {
  if (text.includes(']]>')) throw new Error('Not XML: the end of a section in text.');
  for (const [all, , decimal] of text.matchAll(/&(#(\d+);|(?:lt|gt|amp|quot|apos);|)/g)) {
    if (all === '&') throw new Error(`Not XML: a bare ampersand in ${JSON.stringify(text.slice(0, 80))}`);
    if (decimal !== undefined && notXml.test(String.fromCodePoint(Number(decimal))))
      throw new Error(`Not XML: the reference ${all}.`);
  }
}

function fault(what: string, at: number, xml: string): Error {
  return new Error(`Not XML: ${what} at ${at}: ${JSON.stringify(xml.slice(at, at + 80))}`);
}
