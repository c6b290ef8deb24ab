/**
 * On what it depends whether something is needed, where no file says it: a word for options and expectations files, and the
 * sentences by which needs name it.
 */
export const needConditions = {
  'calls-with-cli': ['it calls through the CLI or the SDK'],
  'renews-keys': ['it renews the keys'],
  'creates-deployments': ['it creates deployments'],
  'reads-logs': ['it reads the logs of deployments'],
  'uses-studio': ['it works in the studio', 'the studio is used'],
  'sets-up-identity': ['it also creates the identity and assigns the roles'],
  'assigns-roles': ['it grants the identity roles beyond those that Azure assigns'],
  'reads-connections': [
    'deployments read workspace connections',
    'deployments read workspace connections; granted automatically only with the enforce flag for default secret stores',
  ],
  'reads-other-storage': ['the scoring script reads another storage account'],
  'reads-secrets': ['the scoring script reads secrets', 'the service reads secrets of a vault in role mode'],
  'reads-blobs': ['the service reads blobs'],
  'uses-registry': ['the deployment uses assets of a registry'],
  'private-registry': ['that is not the registry of the workspace'],
  'writes-metrics': ['metrics are wanted'],
  'reads-input': ['the input datastore stores no credential'],
  'writes-output': ['the output datastore stores no credential'],
  'customer-managed-key': ['the workspace uses a customer-managed key'],
  'previews-data': ['the studio previews data'],
  'attaches-aks': ['it attaches an AKS cluster'],
  'standalone-pod-identity': ['pod identity is not the add-on of AKS'],
  'creates-federated-credential': ['it creates the federated credential; once'],
} as const;

/** The word for a condition. */
export type NeedCondition = keyof typeof needConditions;

/** All of them, in the order of the table. */
export const needConditionNames = Object.keys(needConditions) as NeedCondition[];

/** The condition that a sentence of a need names; undefined where it is none of these. */
export function conditionNamed(sentence: string): NeedCondition | undefined {
  return needConditionNames.find(name => (needConditions[name] as readonly string[]).includes(sentence));
}

/** What it is about, to stand behind "when"; a word of the user's own is as it is. */
export function conditionInWords(condition: string): string {
  return Object.hasOwn(needConditions, condition) ? needConditions[condition as NeedCondition][0] : condition;
}
