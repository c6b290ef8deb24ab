import type { RoleChange } from '../../tenant/access/role-change.js';
import type { Finding, LintResult } from '../../lint/engine/finding.js';
import { titleOf } from '../../lint/engine/wording.js';
import type { LeftOut } from '../../lint/engine/left-out.js';
import { jsonPieces } from '../../text/json-pieces.js';
import { numberBy } from './left-out.js';
import { noticeObject } from '../../text/notice-json.js';
import { spanOf } from '../../text/source-span.js';
import { helpUriOf } from '../rule-page.js';
import { countBySeverity } from './summary.js';

/** The result as one JSON object, version 1. Its fields are an interface: add, never rename or drop. */
export function reportJson(result: LintResult): Iterable<string> {
  return jsonPieces({ version: 1, ...jsonObject(result) });
}

/** The object that is written, but for its version. Findings are asked for one by one. */
export function jsonObject(result: LintResult) {
  return {
    catalog: {
      date: result.catalog.date,
      operations: result.catalog.operations,
      builtInRoles: result.catalog.builtInRoles,
    },
    summary: {
      files: result.files,
      roleDefinitions: result.roleDefinitions,
      ...(result.roleAssignments !== undefined && { roleAssignments: result.roleAssignments }),
      ...countBySeverity(result.findings),
      suppressed: result.suppressed.length,
      suppressedBy: {
        comments: numberBy(result.suppressed, 'inline'),
        configuration: numberBy(result.suppressed, 'config'),
        baseline: numberBy(result.suppressed, 'baseline'),
      },
      notLinted: notLintedObject(result.leftOut),
      configuration: configurationObject(result.leftOut),
      ...(result.leftOut?.milder && { notShown: result.leftOut.milder.number }),
    },
    ...(result.roleChanges !== undefined && { roleChanges: result.roleChanges.map(changeObject) }),
    findings: findingObjects(result.findings),
    suppressed: suppressedObjects(result.suppressed),
    notices: result.notices.map(noticeObject),
  };
}

function notLintedObject(leftOut: LeftOut = {}): object {
  return {
    excludedFiles: leftOut.excludedFiles ?? 0,
    excludedFolders: leftOut.excludedFolders ?? 0,
    notIncludedFiles: leftOut.notIncludedFiles ?? 0,
    ignoredFiles: leftOut.ignoredFiles ?? 0,
    ignoredFolders: leftOut.ignoredFolders ?? 0,
    nodeModulesFiles: leftOut.nodeModulesFiles ?? 0,
    unreadablePaths: leftOut.unreadablePaths ?? 0,
    builtInRoles: leftOut.builtInRoles ?? 0,
    templateStrings: leftOut.templateStrings ?? 0,
  };
}

function configurationObject({ configuration }: LeftOut = {}): object {
  const { rulesOff = 0, rulesMilder = 0, failOn = null } = configuration ?? {};
  return { rulesOff, rulesMilder, failOn };
}

function changeObject({ role, guid, ...change }: RoleChange): object {
  return { role: { name: role.name?.value ?? null, id: guid, file: role.at.document.file }, ...change };
}

function* findingObjects(findings: LintResult['findings']): Generator<object> {
  for (const finding of findings) yield findingObject(finding);
}

function* suppressedObjects(suppressed: LintResult['suppressed']): Generator<object> {
  for (const { finding, by, reason } of suppressed) {
    yield { finding: findingObject(finding), by, reason: reason ?? null };
  }
}

function findingObject(finding: Finding): object {
  return {
    ruleId: finding.rule.id,
    severity: finding.severity,
    title: titleOf(finding),
    message: finding.message,
    file: finding.at.document.file,
    ...spanOf(finding.at),
    pointer: finding.at.pointer,
    subject: finding.subject ?? null,
    evidence: finding.evidence,
    related: finding.related.map(({ at, message }) => ({
      file: at.document.file,
      ...spanOf(at),
      pointer: at.pointer,
      message,
    })),
    fingerprint: finding.fingerprint,
    helpUri: helpUriOf(finding.rule),
  };
}
