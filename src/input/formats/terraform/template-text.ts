import { partOf, type LocatedValue, type UnknownReason } from '../../located-value.js';
import type { DocumentRange, OriginStep } from '../../source-document.js';
import { overspent } from './budget.js';
import { errorAt, textAt, unknownAt } from './code-values.js';
import { asText } from './conversions.js';

/** A text that is put together, of which parts may be unknown. */
export class TemplateText {
  private readonly parts: (string | UnknownReason)[] = [];
  private readonly via: OriginStep[] = [];
  private length = 0;
  private isTooLong = false;

  add(value: LocatedValue): void {
    const text = asText(value);
    if (text !== undefined) this.addText(text);
    else if (value.kind === 'unknown') for (const part of value.parts ?? [partOf(value)]) this.addPart(part);
    else this.addPart(errorAt('A value in a text', 'is no text', value.at).reason);
  }

  /** A value whose place is that of the template: that is what a person edits. */
  value(at: DocumentRange): LocatedValue {
    if (this.isTooLong) return overspent(at);
    const reason = this.parts.find(part => typeof part !== 'string');
    if (reason !== undefined) return unknownAt(reason, at, this.parts);
    return { ...textAt(this.parts.join(''), at), via: this.via };
  }

  private addPart(part: string | UnknownReason): void {
    if (typeof part === 'string') this.addText(part);
    else if (this.parts.length < maxParts) this.parts.push(part);
    else this.isTooLong = true;
  }

  private addText(text: string): void {
    this.length += text.length;
    if (this.length > longest) {
      this.isTooLong = true;
      return;
    }
    const last = this.parts.at(-1);
    if (typeof last === 'string' && last.length < 1_000) this.parts[this.parts.length - 1] = last + text;
    else this.parts.push(text);
  }
}

/** Unknown ones; each text is put together of few. */
const maxParts = 20_000;

/** UTF-16 code units. A few lines of templates in templates can be made to stand for more than there is memory. */
const longest = 16 * 1024 * 1024;
