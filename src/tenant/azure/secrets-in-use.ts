/**
 * The very tokens and passwords that are in use. Whoever is told one may repeat it, in a row as well as in a message:
 * it is taken out of all that is kept or shown, whatever it looks like.
 */
export class SecretsInUse {
  private readonly secrets = new Set<string>();

  /** What is short is part of other words. */
  add(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= shortest) this.secrets.add(secret);
  }

  /** A signed token, and its parts: they are as good as the token. */
  addToken(token: string): void {
    this.add(token);
    const [, ...parts] = token.split('.');
    for (const part of parts) this.add(part);
  }

  removedFrom(text: string): string {
    let plain = text;
    for (const secret of this.secrets) plain = plain.replaceAll(secret, removed);
    return plain;
  }

  /** Takes them out of parsed JSON in place; `text` is what was parsed. */
  removeFrom(value: unknown, text: string): unknown {
    // In JSON a secret may be written with escapes: then its text tells nothing.
    if (!text.includes('\\') && !this.isIn(text)) return value;
    const root = { value };
    const open: unknown[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const part of this.cleaned(next as Record<string, unknown>)) open.push(part);
    return root.value;
  }

  private isIn(text: string): boolean {
    for (const secret of this.secrets) if (text.includes(secret)) return true;
    return false;
  }

  /** Cleans the texts of a list or an object, and gives those in it. */
  private cleaned(holder: Record<string, unknown>): object[] {
    const within: object[] = [];
    for (const name of Object.keys(holder)) {
      const value = holder[name];
      if (this.isIn(name)) {
        delete holder[name];
        holder[this.removedFrom(name)] = value;
      }
      if (typeof value === 'string' && this.isIn(value))
        holder[this.removedFrom(name)] = this.removedFrom(value);
      if (typeof value === 'object' && value !== null) within.push(value);
    }
    return within;
  }
}

const shortest = 8;

const removed = '[removed]';
