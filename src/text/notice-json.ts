import type { Notice } from '../errors.js';

/** What was not analysed, for scripts: role-catalog/schemas/notice.v1.json. */
export function noticeObject({ code, message, file, line, column }: Notice): object {
  return { code, message, file, line, column };
}
