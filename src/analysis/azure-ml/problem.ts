import type { SourceRef } from '../../input/source-document.js';

/** What is wrong in a file of Azure Machine Learning or Kubernetes, and where. */
export interface FileProblem {
  readonly code: ProblemCode;
  /** `error`: Azure refuses it, or it does not work. `warning`: it works, and gives less or more than it should. */
  readonly severity: 'error' | 'warning';
  /** One sentence or two; what comes from the file stands in it as it is. */
  readonly message: string;
  readonly at: SourceRef;
  /** The number of the requirement in docs/coverage.md; undefined for faults of form. */
  readonly requirement: string | undefined;
  /** Where Microsoft says so. */
  readonly reference: string | undefined;
}

export function problem(code: ProblemCode, message: string, at: SourceRef): FileProblem {
  const { severity, requirement, page }: ProblemKind = problemKinds[code];
  return {
    code,
    severity,
    message,
    at,
    requirement,
    reference: page && `https://learn.microsoft.com/azure/${page}`,
  };
}

export type ProblemCode = keyof typeof problemKinds;

interface ProblemKind {
  readonly severity: 'error' | 'warning';
  readonly requirement?: string;
  readonly page?: string;
}

const endpointIdentityPage = 'machine-learning/how-to-access-resources-from-endpoints-managed-identities';
const clientPage = 'machine-learning/how-to-authenticate-online-endpoint';
const onlineAuthPage = 'machine-learning/concept-endpoints-online-auth';
const secretInjectionPage = 'machine-learning/concept-secret-injection';
const batchPage = 'machine-learning/how-to-authenticate-batch-endpoint';
const servicePage = 'machine-learning/how-to-identity-based-service-authentication';
const podIdentityPage = 'aks/use-azure-ad-pod-identity';
const workloadIdentityPage = 'aks/workload-identity-overview';

/** Codes are stable: scripts look at them. */
/** What problems come to, and the requirements that they cite. */
export const problemKinds = {
  'yaml-syntax': { severity: 'error' },
  'unknown-file': { severity: 'error' },
  'unexpected-file': { severity: 'error' },
  'value-missing': { severity: 'error' },
  'value-unknown': { severity: 'error' },
  'name-mismatch': { severity: 'error' },
  'identity-id-malformed': { severity: 'error' },
  'endpoint-identity-changed': { severity: 'error', requirement: '000-3', page: endpointIdentityPage },
  'key-auth': { severity: 'warning', requirement: '000-9', page: clientPage },
  'auth-mode-to-key': { severity: 'warning', requirement: '001-12', page: clientPage },
  'client-id-missing': { severity: 'warning', requirement: '000-10', page: endpointIdentityPage },
  'client-id-mismatch': { severity: 'error', requirement: '000-10', page: endpointIdentityPage },
  'client-id-surplus': { severity: 'warning', requirement: '000-10', page: endpointIdentityPage },
  'kubernetes-entra-token': { severity: 'error', requirement: '001-9', page: onlineAuthPage },
  'score-without-effect': { severity: 'warning', requirement: '001-9', page: clientPage },
  'caller-cannot-score': { severity: 'error', requirement: '001-9', page: clientPage },
  'caller-role-too-wide': { severity: 'error', requirement: '001-9', page: clientPage },
  'secret-stores-with-user-assigned': { severity: 'error', requirement: 'D-2', page: secretInjectionPage },
  'batch-auth-mode': { severity: 'error', requirement: '004-1', page: batchPage },
  'batch-identity-user-assigned': { severity: 'error', requirement: '004-12', page: batchPage },
  'compute-both-identities': { severity: 'error', requirement: 'D-3', page: servicePage },
  'compute-several-identities': { severity: 'error', requirement: 'D-3', page: servicePage },
  'compute-identity-missing': { severity: 'warning', requirement: '003-4', page: servicePage },
  'compute-instance-not-checked': { severity: 'warning', requirement: 'D-6', page: servicePage },
  'input-not-located': { severity: 'warning', requirement: '004-7', page: batchPage },
  'compute-without-identity': { severity: 'error', requirement: '004-8', page: batchPage },
  'idle-shutdown-identity': { severity: 'warning', requirement: 'D-6', page: servicePage },
  'file-share-without-credential': { severity: 'warning', requirement: '004-7', page: servicePage },
  'data-lake-gen1-retired': { severity: 'warning', requirement: '004-7', page: batchPage },
  'workspace-identity-removed': { severity: 'error', requirement: '003-10', page: servicePage },
  'resource-id-malformed': { severity: 'error', requirement: '003-8', page: servicePage },
  'deployment-compute-mismatch': { severity: 'error', requirement: '004-8', page: batchPage },
  'workspace-resource-missing': { severity: 'warning', requirement: '003-8', page: servicePage },
  'connection-client-id': { severity: 'warning', requirement: '003-6', page: servicePage },
  'manifest-field': { severity: 'error' },
  'binding-without-identity': { severity: 'error', requirement: '002-5', page: podIdentityPage },
  'selector-without-pod': { severity: 'warning', requirement: '002-5', page: podIdentityPage },
  'selector-mismatch': { severity: 'error', requirement: '002-5', page: podIdentityPage },
  'pod-without-binding': { severity: 'warning', requirement: '002-5', page: podIdentityPage },
  'label-outside-template': { severity: 'error', requirement: '002-5', page: podIdentityPage },
  'selector-reaches-several': { severity: 'warning', requirement: '002-5', page: podIdentityPage },
  'not-an-azureml-deployment': { severity: 'warning', requirement: '002-5', page: podIdentityPage },
  'pod-identity-unsupported': { severity: 'warning', requirement: '002-8', page: podIdentityPage },
  'workload-label-missing': { severity: 'error', requirement: '002-8', page: workloadIdentityPage },
  'service-account-not-annotated': { severity: 'warning', requirement: '002-8', page: workloadIdentityPage },
} as const satisfies Record<string, ProblemKind>;
