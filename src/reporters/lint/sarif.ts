import type { Notice } from '../../errors.js';
import type { SourceRef } from '../../input/source-document.js';
import type { Finding, LintResult, SuppressedFinding } from '../../lint/engine/finding.js';
import { escapeSarifMessage, shorten, toUriReference, visible } from '../../text/escape.js';
import { jsonText } from '../../text/json-text.js';
import { spanOf } from '../../text/source-span.js';
import type { ReportOptions } from '../reporter.js';
import { projectUri } from '../rule-page.js';
import { sarifLevel, sarifRules } from './sarif-rules.js';
import { severitiesWorstFirst } from './summary.js';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), within what GitHub code scanning takes
 * (https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning).
 * Worst findings first; suppressed ones last, marked as accepted.
 */
export function reportSarif(result: LintResult, { version }: Pick<ReportOptions, 'version'>): string {
  const entries = [
    ...severitiesWorstFirst(result.findings).map(finding => ({ finding })),
    ...result.suppressed,
  ];
  const kept = entries.slice(0, maxResults);
  const notices = [...leftOut(entries.length), ...result.notices];
  const rules = sarifRules(kept.map(({ finding }) => finding));
  const rulePlaces = new Map(rules.map(({ id }, index) => [id, index]));
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'azrbac',
            informationUri: projectUri,
            semanticVersion: version,
            rules,
            notifications: [...new Set(notices.map(({ code }) => code))].map(notificationDescriptor),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notices.slice(0, maxNotifications).map(notification),
          },
        ],
        automationDetails: { id: 'azrbac/' },
        originalUriBaseIds: { [baseId]: { description: { text: 'The folder in which azrbac was run.' } } },
        columnKind: 'utf16CodeUnits',
        results: kept.map(entry => sarifResult(entry, rulePlaces)),
      },
    ],
  });
}

// GitHub keeps 5,000 results of a run, and 100 locations of a result.
const maxResults = 5000;
const maxRelated = 100;
const maxNotifications = 1000;

const baseId = '%SRCROOT%';

interface ResultEntry extends Partial<Omit<SuppressedFinding, 'finding'>> {
  readonly finding: Finding;
}

function leftOut(results: number): Notice[] {
  if (results <= maxResults) return [];
  const message = `${results - maxResults} of ${results} results are left out: code scanning keeps ${maxResults}. The worst are here.`;
  return [{ code: 'results-left-out', message }];
}

function sarifResult(entry: ResultEntry, rulePlaces: ReadonlyMap<string, number>): object {
  const { finding } = entry;
  return {
    ruleId: finding.rule.id,
    ruleIndex: rulePlaces.get(finding.rule.id),
    level: sarifLevel[finding.severity],
    message: messageOf(finding.message),
    locations: [
      {
        physicalLocation: physicalLocation(finding.at),
        logicalLocations: [logicalLocation(finding)],
      },
    ],
    relatedLocations: finding.related.slice(0, maxRelated).map(({ at, message }, id) => ({
      id,
      physicalLocation: physicalLocation(at),
      message: messageOf(message),
    })),
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'azrbac/v1': finding.fingerprint },
    suppressions: suppressionsOf(entry),
    properties: { severity: finding.severity },
  };
}

function logicalLocation({ at, subject }: Finding): object {
  const name = subject?.name ?? undefined;
  return {
    name: name && visible(shorten(name)),
    fullyQualifiedName: visible(shorten(at.pointer)) || undefined,
  };
}

/** SARIF asks that either no result of a run has this property or all have it. */
function suppressionsOf({ by, reason }: ResultEntry): object[] {
  if (by === undefined) return [];
  const justification = reason && visible(shorten(reason));
  return [{ kind: by === 'inline' ? 'inSource' : 'external', status: 'accepted', justification }];
}

function physicalLocation(at: SourceRef): object {
  const place = spanOf(at);
  return {
    artifactLocation: { uri: toUriReference(at.document.file), uriBaseId: baseId },
    // GitHub shows nothing without a line.
    region:
      place === undefined
        ? { startLine: 1 }
        : {
            startLine: place.line,
            startColumn: place.column,
            endLine: place.endLine,
            endColumn: place.endColumn,
          },
  };
}

/** GitHub asks for these texts. */
function notificationDescriptor(code: string): object {
  const text = 'Something was not analysed, or only in part. The message says what.';
  return { id: code, shortDescription: { text: code }, fullDescription: { text }, help: { text } };
}

function notification({ code, message, file, line, column }: Notice): object {
  const location = file === undefined ? undefined : { uri: toUriReference(file), uriBaseId: baseId };
  const region = line === undefined ? undefined : { startLine: line, startColumn: column };
  return {
    descriptor: { id: code },
    level: 'note',
    message: messageOf(message),
    locations: location && [{ physicalLocation: { artifactLocation: location, region } }],
  };
}

function messageOf(text: string): { readonly text: string } {
  return { text: escapeSarifMessage(shorten(text)) };
}
