import type { ReportData } from '../html-report/report-data.js';

/** The data that stand in the page, list by list. */
export function readData(page: Document): ReportData {
  const data: Record<string, unknown> = {};
  for (const element of page.querySelectorAll('script[type="application/json"]')) {
    data[element.id.replace(/^data-/, '')] = JSON.parse(element.textContent ?? 'null');
    // The text is as large again as what was read.
    element.remove();
  }
  return data as unknown as ReportData;
}
