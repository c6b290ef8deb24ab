import { describe, expect, test } from 'vitest';
import { lintExample, shippedRules, toMatches } from './lint-example.js';

describe.each(shippedRules.rules)('$id', rule => {
  test.each(rule.examples)('$title', example => {
    expect(toMatches(lintExample(rule, example), example)).toEqual(example.matches);
  });
});
