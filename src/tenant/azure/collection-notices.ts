import type { Notice } from '../../errors.js';

/** Which engine was used, and where it was not. */
export function engineNotice(engine: 'arm' | 'graph', refusedQueries: number): Notice {
  const through =
    engine === 'arm'
      ? 'All was read through Azure Resource Manager.'
      : 'Role assignments, custom roles and resources were read through Azure Resource Graph; deny assignments and PIM through Azure Resource Manager.';
  const instead =
    refusedQueries === 0
      ? ''
      : ` Resource Graph refused ${refusedQueries === 1 ? 'a query' : `${refusedQueries} queries`}: those subscriptions were read one by one.`;
  return { code: 'collect-engine', message: `${through}${instead}` };
}

export function foreignNotice(foreign: number): Notice {
  const what = foreign === 1 ? 'A subscription' : `${foreign} subscriptions`;
  const message = `${what} of other directories, shown through Azure Lighthouse, ${foreign === 1 ? 'was' : 'were'} not read: collect them in their own.`;
  return { code: 'collect-foreign-subscriptions', message };
}
