import type { DataAccess } from '../../analysis/azure-ml/data-access.js';
import type { IdentityNeed } from '../../analysis/azure-ml/need.js';
import type { FileProblem } from '../../analysis/azure-ml/problem.js';
import type { AzureMlResource } from '../../analysis/azure-ml/resource.js';
import type { Notice } from '../../errors.js';
import type { CheckReport } from '../../analysis/expectations/check-report.js';
import { checkedIdentityObject, resultObject } from '../../reporters/check/json.js';
import { conditionNamed } from '../../rbac/action-sets/need-conditions.js';
import { visible } from '../../text/escape.js';
import { noticeObject } from '../../text/notice-json.js';
import { placeName, spanOf } from '../../text/source-span.js';
import type { IdentityNeeds } from './access-file.js';
import { checkedAccessText } from '../../reporters/check/access-text.js';
import { jsonPieces } from '../../cli/output.js';

/** What `azrbac check` found in files of Azure Machine Learning and of Kubernetes. */
export interface FilesReport {
  readonly resources: readonly AzureMlResource[];
  readonly identities: readonly IdentityNeeds[];
  readonly inputs: readonly DataAccess[];
  readonly problems: readonly FileProblem[];
  /** Undefined without a snapshot. */
  readonly checked: CheckReport | undefined;
  readonly notices: readonly Notice[];
}

export function filesJson({
  resources,
  identities,
  inputs,
  problems,
  checked,
  notices,
}: FilesReport): Iterable<string> {
  return jsonPieces({
    version: 1,
    resources: resources.map(({ kind, name, at }) => ({
      kind,
      name: name?.value ?? null,
      file: at.document.file,
    })),
    needs: identities.flatMap(({ principal, needs }) => needs.map(need => needJson(need, principal))),
    inputs: inputs.map(inputJson),
    problems: problems.map(problemJson),
    results: (checked?.results ?? []).map(resultObject),
    identities: (checked?.identities ?? []).map(checkedIdentityObject),
    notices: notices.map(noticeObject),
  });
}

function needJson(need: IdentityNeed, principal: string | undefined) {
  const { identity, which = null, actionSet, partOf = null, at, scope = null, grantedBy } = need;
  const { when = null, requirement } = need;
  const condition = when === null ? null : (conditionNamed(when) ?? null);
  return {
    identity,
    which,
    principal: principal ?? null,
    actionSet,
    partOf,
    at,
    scope,
    grantedBy,
    when,
    condition,
    requirement,
  };
}

function inputJson(input: DataAccess) {
  const {
    datastore = null,
    type,
    credentials,
    readBy,
    decidedBy,
    account = null,
    storageAccount = null,
  } = input;
  const computeIdentities = input.computeIdentities.map(({ compute, kind, displayName, userAssigned }) => {
    return { compute: compute ?? null, kind, displayName: displayName ?? null, userAssigned };
  });
  return { datastore, type, credentials, readBy, decidedBy, account, storageAccount, computeIdentities };
}

function problemJson({ code, severity, message, at, requirement, reference }: FileProblem) {
  const place = spanOf(at);
  const where = { file: at.document.file, line: place?.line ?? null, column: place?.column ?? null };
  return {
    code,
    severity,
    message,
    ...where,
    requirement: requirement ?? null,
    reference: reference ?? null,
  };
}

export function filesText({ identities, inputs, problems, checked }: FilesReport): string {
  const blocks = [
    ...(problems.length === 0 ? [] : [problems.map(problemLine)]),
    ...identities.map(identityLines),
    ...(inputs.length === 0 ? [] : [['inputs', ...inputs.map(inputLine)]]),
  ];
  const counts = `${counted(problems, 'error')}, ${counted(problems, 'warning')}.\n`;
  const text = [...blocks.map(lines => `${lines.join('\n')}\n`), counts].join('\n');
  if (checked === undefined) return text;
  return [text, ...notCheckedLine(identities), checkedAccessText(checked)].join('\n');
}

/** Nobody knows who they are. It is no notice alone: what was not checked must not look like what passed. */
function notCheckedLine(identities: readonly IdentityNeeds[]): string[] {
  const open = identities.filter(({ principal, isLeftOut }) => principal === undefined && !isLeftOut);
  return open.length === 0
    ? []
    : [
        `Not checked, since the object id is not known: ${open.map(({ name }) => visible(name)).join(', ')}.\n`,
      ];
}

function problemLine({ severity, message, code, at }: FileProblem): string {
  return `${visible(placeName(at))}  ${severity}  ${visible(message)} (${code})`;
}

function identityLines({ name, principal, needs }: IdentityNeeds): string[] {
  const who = principal === undefined ? visible(name) : `${visible(name)}, which is ${principal}`;
  return [who, ...needs.map(needLine)];
}

function needLine({ actionSet, at, scope, grantedBy, when }: IdentityNeed): string {
  const where =
    scope === undefined ? `the ${visible(at).replaceAll('-', ' ')} (id not given)` : visible(scope);
  const condition = when === undefined ? '' : `, when ${visible(when)}`;
  return `  ${actionSet} at ${where}: ${granters[grantedBy]}${condition}`;
}

const granters = {
  azure: 'granted by Azure',
  hand: 'you assign it',
  none: 'no role needed',
} as const;

function inputLine({ datastore, readBy, decidedBy }: DataAccess): string {
  if (readBy.length === 0)
    return `  "${visible(datastore ?? '(unnamed)')}" is read by no identity: it takes a stored credential, and none is stored`;
  const readers = readBy.map(reader => reader.replaceAll('-', ' ')).join(' and ');
  return `  "${visible(datastore ?? '(unnamed)')}" is read with the ${readers}; what decides: ${decidedBy.replaceAll('-', ' ')}`;
}

function counted(problems: readonly FileProblem[], severity: 'error' | 'warning'): string {
  const count = problems.filter(problem => problem.severity === severity).length;
  return `${count} ${severity}${count === 1 ? '' : 's'}`;
}
