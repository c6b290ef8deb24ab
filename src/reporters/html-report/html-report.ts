import { escapeXml, shorten, visible } from '../../text/escape.js';
import { buildReportData, type ReportSource } from './build-report-data.js';
import { hashSource, pageParts } from './page-parts.js';
import type { ReportData } from './report-data.js';

/** The audit as one HTML file that needs nothing but a browser: code, style and data are in it, and it may not reach out. */
export function htmlReport(source: ReportSource): Iterable<string> {
  return htmlPage(buildReportData(source));
}

/** The page of some data. */
export function* htmlPage(data: ReportData, { code, style } = pageParts()): Generator<string> {
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(code)}`,
    `style-src ${hashSource(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="azrbac ${escapeXml(data.tool)}">
<title>Azure access: ${escapeXml(shorten(data.tenant.tenantId ?? data.tenant.source, 100))}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="report"><noscript>This report needs JavaScript. The same is in the output of <code>azrbac audit --format markdown</code>.</noscript></div>
`;
  yield* dataElements(data);
  yield `<script>${code}</script>\n</body>\n</html>\n`;
}

/** Each list in an element of its own: all of them together may be longer than one string. */
function* dataElements(data: ReportData): Generator<string> {
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    yield `<script type="application/json" id="data-${name}">${dataText(value)}</script>\n`;
  }
}

/** JSON that ends no element, whatever stands in it. Names that hide something show it. */
export function dataText(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' ? visible(shorten(each, 4_000)) : each,
  );
  return text.replace(
    /[<\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
