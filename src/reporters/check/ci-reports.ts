import type { Notice } from '../../errors.js';
import type { SourceRef } from '../../input/source-document.js';
import {
  escapeAzureMessage,
  escapeAzureProperty,
  escapeGithubMessage,
  escapeGithubProperty,
  escapeMarkdown,
  escapeSarifMessage,
  shorten,
  toUriReference,
  visible,
} from '../../text/escape.js';
import { jsonText } from '../../text/json-text.js';
import { type JunitCase, junitXml } from '../../text/junit-xml.js';
import { placeName, spanOf } from '../../text/source-span.js';
import { fitting, noticeSection } from '../lint/markdown-lists.js';
import { projectUri } from '../rule-page.js';
import type { CheckItem } from './check-item.js';

/** What was checked, and what was not looked at. */
export interface CheckItems {
  readonly items: readonly CheckItem[];
  readonly notices: readonly Notice[];
}

/** The formats that CI systems read. */
export const ciReports = {
  github: githubReport,
  azure: azureReport,
  sarif: sarifReport,
  junit: junitReport,
  markdown: markdownReport,
} as const;

/** The name of such a format. */
export type CiFormat = keyof typeof ciReports;

/** Whether a format is one of these. */
export function isCiFormat(format: string | undefined): format is CiFormat {
  return format !== undefined && Object.hasOwn(ciReports, format);
}

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
function githubReport({ items }: CheckItems): string {
  const lines = faults(items).map(item => {
    const level = item.outcome === 'error' ? 'error' : 'warning';
    const place = item.at && spanOf(item.at);
    const properties = [
      ...(item.at === undefined ? [] : [`file=${escapeGithubProperty(item.at.document.file)}`]),
      ...(place === undefined ? [] : [`line=${place.line}`, `endLine=${place.endLine}`]),
      `title=${escapeGithubProperty(item.code)}`,
    ];
    return `::${level} ${properties.join(',')}::${escapeGithubMessage(shorten(item.message))}`;
  });
  return `${[...lines, totals(items)].join('\n')}\n`;
}

// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
function azureReport({ items }: CheckItems): string {
  const lines = faults(items).map(item => {
    const place = item.at && spanOf(item.at);
    const properties = [
      `type=${item.outcome === 'error' ? 'error' : 'warning'}`,
      ...(item.at === undefined ? [] : [`sourcepath=${escapeAzureProperty(item.at.document.file)}`]),
      ...(place === undefined ? [] : [`linenumber=${place.line}`, `columnnumber=${place.column}`]),
      `code=${escapeAzureProperty(item.code)}`,
    ];
    return `##vso[task.logissue ${properties.join(';')};]${escapeAzureMessage(shorten(item.message))}`;
  });
  return `${[...lines, totals(items)].join('\n')}\n`;
}

function junitReport({ items }: CheckItems): string {
  const cases = items.map((item): JunitCase => {
    const named = {
      className: item.at?.document.file ?? 'azrbac check',
      name: item.name,
      body: [item.message, ...(item.at === undefined ? [] : [placeName(item.at)])],
    };
    if (item.outcome === 'pass' || item.outcome === 'warning') return { ...named, outcome: 'passed' };
    const outcome = item.outcome === 'error' ? 'failure' : 'error';
    return { ...named, outcome, type: item.code, message: item.message };
  });
  return junitXml('azrbac check', [{ name: 'azrbac check', cases }]);
}

function markdownReport({ items, notices }: CheckItems): string {
  const found = faults(items);
  const rows = fitting(
    found,
    ({ outcome, message, at }) =>
      `| ${outcome} | ${escapeMarkdown(shorten(message, longestCell))} | ${at === undefined ? '' : escapeMarkdown(shorten(placeName(at)))} |\n`,
    'more result',
  );
  return [
    `## azrbac check\n\n${totals(items)}\n`,
    ...(found.length === 0 ? [] : [`| Result | What | Where |\n| --- | --- | --- |\n${rows}`]),
    ...(notices.length === 0 ? [] : [noticeSection(notices)]),
  ].join('\n');
}

// https://docs.oasis-open.org/sarif/sarif/v2.1.0/
function sarifReport({ items, notices }: CheckItems): string {
  const found = faults(items);
  const rules = [...new Set(found.map(({ code }) => code))];
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'azrbac', informationUri: projectUri, rules: rules.map(sarifRule) } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notices.slice(0, maxNotifications).map(({ code, message }) => ({
              descriptor: { id: code },
              level: 'note',
              message: { text: escapeSarifMessage(shorten(message)) },
            })),
          },
        ],
        automationDetails: { id: 'azrbac-check/' },
        columnKind: 'utf16CodeUnits',
        results: found.slice(0, maxResults).map(item => sarifResult(item, rules.indexOf(item.code))),
      },
    ],
  });
}

function sarifRule(code: string): object {
  const text = `azrbac check: ${code.replaceAll('-', ' ')}`;
  return { id: code, shortDescription: { text }, fullDescription: { text }, help: { text } };
}

/** What no file says has no place: GitHub shows nothing of it then, and an invented path would lead nowhere. */
function sarifResult({ code, outcome, message, at, assignedAt = [] }: CheckItem, ruleIndex: number): object {
  return {
    ruleId: code,
    ruleIndex,
    level: outcome === 'error' ? 'error' : outcome === 'warning' ? 'warning' : 'note',
    message: { text: escapeSarifMessage(shorten(message)) },
    locations: at === undefined ? [] : [sarifLocation(at)],
    relatedLocations: assignedAt.map((row, id) => ({
      id,
      ...sarifLocation(row),
      message: { text: 'The role is assigned here.' },
    })),
  };
}

/** GitHub shows nothing without a line. Rows of snapshots have pointers and no lines. */
function sarifLocation(at: SourceRef): object {
  const place = spanOf(at);
  const region =
    place === undefined
      ? { startLine: 1 }
      : {
          startLine: place.line,
          startColumn: place.column,
          endLine: place.endLine,
          endColumn: place.endColumn,
        };
  const pointer = visible(shorten(at.pointer));
  return {
    physicalLocation: { artifactLocation: { uri: toUriReference(at.document.file) }, region },
    ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
  };
}

function faults(items: readonly CheckItem[]): readonly CheckItem[] {
  return items.filter(({ outcome }) => outcome !== 'pass');
}

/** `5 results: 1 error, 4 pass.` */
function totals(items: readonly CheckItem[]): string {
  const counts = (['error', 'warning', 'unknown', 'pass'] as const).flatMap(outcome => {
    const count = items.filter(item => item.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  return visible(
    `${items.length} ${items.length === 1 ? 'result' : 'results'}: ${counts.join(', ') || 'none'}.`,
  );
}

const longestCell = 1000;
const maxResults = 5000;
const maxNotifications = 1000;
