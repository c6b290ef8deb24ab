import type { LocatedValue } from '../../../located-value.js';
import { booleanAt, listAt, nullAt, numberAt, textAt } from '../code-values.js';
import { asNumber, asText } from '../conversions.js';
import type { FunctionCall } from '../evaluate.js';
import { formatText } from './format.js';
import { strict, wrongArgument, type FunctionTable, type PureFunction } from './signature.js';

/** A function from texts to a text, a number, a boolean or a list of texts. */
function ofTexts(
  evaluate: (...texts: string[]) => string | number | boolean | readonly string[] | undefined,
): PureFunction {
  return strict(call => {
    const texts = call.args.map(asText);
    if (texts.includes(undefined) || texts.length < evaluate.length) return wrongArgument(call);
    const result = evaluate(...(texts as string[]));
    return result === undefined ? wrongArgument(call) : valueFor(result, call);
  });
}

function valueFor(result: string | number | boolean | readonly string[], { at }: FunctionCall): LocatedValue {
  if (typeof result === 'string') return textAt(result, at);
  if (typeof result === 'number') return numberAt(result, at);
  if (typeof result === 'boolean') return booleanAt(result, at);
  return listAt(
    result.map(text => textAt(text, at)),
    at,
  );
}

/** https://developer.hashicorp.com/terraform/language/functions, those on texts. */
export const textFunctions: FunctionTable = {
  upper: ofTexts(text => text.toUpperCase()),
  lower: ofTexts(text => text.toLowerCase()),
  title: ofTexts(text => text.replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, letter => letter.toUpperCase())),
  trimspace: ofTexts(text => text.trim()),
  trim: ofTexts((text, cut) => trimEnd(trimStart(text, cut), cut)),
  trimprefix: ofTexts((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ofTexts((text, suffix) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  chomp: ofTexts(text => text.replace(/[\r\n]+$/, '')),
  startswith: ofTexts((text, prefix) => text.startsWith(prefix)),
  endswith: ofTexts((text, suffix) => text.endsWith(suffix)),
  strcontains: ofTexts((text, part) => text.includes(part)),
  strrev: ofTexts(text => [...text].reverse().join('')),
  replace: ofTexts(replace),
  split: ofTexts((separator, text) => (text === '' ? [''] : text.split(separator))),
  indent: strict(call => {
    const [spaces, text] = [asNumber(call.args[0]), asText(call.args[1])];
    if (spaces === undefined || text === undefined || spaces > 1_000) return wrongArgument(call);
    return textAt(text.replaceAll('\n', `\n${' '.repeat(spaces)}`), call.at);
  }),
  substr: strict(call => {
    const [text, offset, length] = [asText(call.args[0]), asNumber(call.args[1]), asNumber(call.args[2])];
    if (text === undefined || offset === undefined || length === undefined) return wrongArgument(call);
    const characters = [...text];
    const start = offset < 0 ? characters.length + offset : offset;
    const end = length < 0 ? characters.length : start + length;
    return textAt(characters.slice(Math.max(start, 0), end).join(''), call.at);
  }),
  format: strict(call => {
    const [pattern, ...values] = call.args;
    const text = formatText(asText(pattern) ?? '', values);
    return text === undefined ? wrongArgument(call) : textAt(text, call.at);
  }),
  formatlist: strict(formatList),
  join: strict(join),
  basename: ofTexts(path => path.replace(/\/+$/, '').split('/').at(-1) || (path === '' ? '.' : '/')),
  dirname: ofTexts(folderOf),
  tostring: strict(call => {
    if (call.args[0]?.kind === 'null') return nullAt(call.at);
    const text = asText(call.args[0]);
    return text === undefined ? wrongArgument(call) : textAt(text, call.at);
  }),
  base64encode: ofTexts(text => Buffer.from(text).toString('base64')),
  base64decode: ofTexts(text => Buffer.from(text, 'base64').toString()),
  urlencode: ofTexts(text =>
    encodeURIComponent(text)
      .replaceAll(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
};

function trimStart(text: string, cut: string): string {
  let at = 0;
  while (at < text.length && cut.includes(text[at]!)) at++;
  return text.slice(at);
}

function trimEnd(text: string, cut: string): string {
  let at = text.length;
  while (at > 0 && cut.includes(text[at - 1]!)) at--;
  return text.slice(0, at);
}

/** Between slashes a pattern is a regular expression: those are not evaluated, since they may not be JavaScript's. */
function replace(text: string, search: string, replacement: string): string | undefined {
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) return undefined;
  if (search === '' && text.length > 10_000) return undefined;
  return text.replaceAll(search, () => replacement);
}

function folderOf(path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1).replace(/\/+$/, '');
  return folder !== '' ? folder : path.startsWith('/') ? '/' : '.';
}

function join(call: FunctionCall): LocatedValue {
  const [separator, ...lists] = call.args;
  const texts = lists.flatMap(list => (list.kind === 'list' ? list.items : [list])).map(asText);
  const between = asText(separator);
  if (between === undefined || texts.includes(undefined)) return wrongArgument(call);
  return textAt(texts.join(between), call.at);
}

function formatList(call: FunctionCall): LocatedValue {
  const [pattern, ...values] = call.args;
  const lengths = values.flatMap(value => (value.kind === 'list' ? [value.items.length] : []));
  const length = lengths[0] ?? 1;
  if (lengths.some(each => each !== length)) return wrongArgument(call);
  const rows = Array.from({ length }, (_, row) =>
    values.map(value => (value.kind === 'list' ? value.items[row]! : value)),
  );
  const texts = rows.map(row => formatText(asText(pattern) ?? '', row));
  if (texts.includes(undefined)) return wrongArgument(call);
  return listAt(
    texts.map(text => textAt(text!, call.at)),
    call.at,
  );
}
