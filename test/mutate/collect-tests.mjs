// What tests import as `vitest`: keeps the tests that a file describes, to be run one by one and more than once.
import * as vitestExpect from '@vitest/expect';
import * as chai from 'chai';

chai.use(vitestExpect.JestExtend);
chai.use(vitestExpect.JestChaiExpect);
chai.use(vitestExpect.JestAsymmetricMatchers);

/** As vitest's, without what needs a runner. */
export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
Object.assign(expect, globalThis[vitestExpect.ASYMMETRIC_MATCHERS_OBJECT]);
vitestExpect.setState({ assertionCalls: 0, isExpectingAssertions: false }, expect);
globalThis[vitestExpect.GLOBAL_EXPECT] = expect;

/** The module that stands for vitest, and `testsOf`, which loads a file and gives its tests. */
export function collector() {
  let tests = [];
  let around = { names: [], before: [], after: [] };

  const test = (name, ...rest) => {
    const run = rest.find(argument => typeof argument === 'function');
    const { names, before, after } = around;
    tests.push({ name: [...names, name].join(' > '), run: () => runOne(run, before, after) });
  };
  const describe = (name, body) => {
    const outer = around;
    around = { names: [...outer.names, name], before: [...outer.before], after: [...outer.after] };
    body();
    around = outer;
  };
  const each = define => table => (name, body) => {
    for (const [i, row] of table.entries()) {
      const values = Array.isArray(row) ? row : [row];
      define(`${name} #${i}`, () => body(...values));
    }
  };
  test.each = each(test);
  describe.each = each(describe);
  const beforeEach = hook => around.before.push(hook);
  const afterEach = hook => around.after.push(hook);

  return {
    module: { expect, test, it: test, describe, beforeEach, afterEach },
    testsOf: load => {
      tests = [];
      around = { names: [], before: [], after: [] };
      load();
      return tests;
    },
  };
}

async function runOne(run, before, after) {
  for (const hook of before) await hook();
  try {
    await run();
  } finally {
    for (const hook of after) await hook();
  }
}
