import type { Tenant } from '../../access/tenant.js';
import type { CheckContext } from '../check.js';

/**
 * Keeps what the checks of a run have worked out of its tenant, for the next check. It goes when the run is over: a tenant
 * of a million assignments lives on, and what is asked of it next needs the room.
 */
export function perRun<Value>(
  make: (tenant: Tenant, context: CheckContext) => Value,
): (tenant: Tenant, context: CheckContext) => Value {
  const runs = new WeakMap<CheckContext, WeakMap<Tenant, Value>>();
  return (tenant, context) => {
    let ofRun = runs.get(context);
    if (ofRun === undefined) runs.set(context, (ofRun = new WeakMap()));
    const known = ofRun.get(tenant);
    if (known !== undefined) return known;
    const value = make(tenant, context);
    ofRun.set(tenant, value);
    return value;
  };
}
