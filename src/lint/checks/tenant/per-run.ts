import { getOrInsert } from '../../../maps.js';

/**
 * Keeps what the checks of a run have worked out of a subject, such as its tenant, for the next check. It goes when the run
 * is over: a tenant of a million assignments lives on, and what is asked of it next needs the room. So the key is what the
 * run asks with, and nothing that lives on may keep that: all that checks of a run share is kept here.
 */
export function perRun<Subject extends object, Context extends object, Value>(
  make: (subject: Subject, context: Context) => Value,
): (subject: Subject, context: Context) => Value {
  const runs = new WeakMap<Context, WeakMap<Subject, Value>>();
  return (subject, context) => {
    const ofRun = getOrInsert(runs, context, () => new WeakMap());
    const known = ofRun.get(subject);
    if (known !== undefined) return known;
    const value = make(subject, context);
    ofRun.set(subject, value);
    return value;
  };
}
