import type { Notice } from '../../errors.js';

/** Notices of which a hostile file could cause millions: of each group the first are kept, and the rest is counted. */
export class NoticeList {
  private readonly notices: Notice[] = [];
  private readonly groups = new Map<string, Group>();

  /** `group` ends the sentence "12 more …", as in `rows of principals were skipped`. */
  add(code: string, message: string, file: string, group: string): void {
    let known = this.groups.get(group);
    if (known === undefined) this.groups.set(group, (known = { code, file, count: 0 }));
    if (known.count++ < most) this.notices.push({ code, message, file });
  }

  all(): Notice[] {
    const more = [...this.groups].filter(([, { count }]) => count > most);
    const counted = more.map(([group, { code, file, count }]) => ({
      code,
      message: `${(count - most).toLocaleString('en-US')} more ${group}.`,
      file,
    }));
    return [...this.notices, ...counted];
  }
}

interface Group {
  readonly code: string;
  readonly file: string;
  count: number;
}

const most = 10;
