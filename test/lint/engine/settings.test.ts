import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { readJson } from '../../../src/input/json.js';
import { readConfig } from '../../../src/lint/engine/config.js';
import { configFileName } from '../../../src/lint/engine/find-config.js';
import { configuredSettings } from '../../../src/lint/engine/configured-settings.js';
import { severityOf } from '../../../src/lint/engine/settings.js';
import { shippedRules } from '../../lint-example.js';

interface Sources {
  readonly config?: object;
  readonly profile?: string;
  readonly overrides?: readonly string[];
}

const settingsOf = ({ config = {}, ...rest }: Sources) =>
  configuredSettings(shippedRules, {
    config: readConfig(readJson(JSON.stringify(config), configFileName)),
    ...rest,
  });

/** The severity of a rule, or of a variant of it. */
function severity(name: string, sources: Sources): string {
  const [id, variant] = name.split('/');
  const rule = shippedRules.rules.find(rule => rule.id === id)!;
  return severityOf(rule, variant, settingsOf(sources));
}

function inputError(sources: Sources): string {
  try {
    settingsOf(sources);
  } catch (error) {
    if (error instanceof UserError) return [error.message, error.hint].filter(Boolean).join(' ');
    throw error;
  }
  return 'none';
}

describe('the later speaks over the earlier: rule, profile, configuration, command line', () => {
  test.each<[string, Sources, string]>([
    ['role-destroys', {}, 'medium'],
    ['role-destroys/literal', {}, 'low'],
    ['role-exceeds-budget', {}, 'off'],
    ['role-destroys/literal', { profile: 'strict' }, 'medium'],
    ['role-destroys/literal', { config: { extends: 'strict' } }, 'medium'],
    ['role-destroys/literal', { config: { extends: 'strict' }, profile: 'recommended' }, 'low'],
    ['role-destroys/literal', { config: { extends: 'strict', rules: { 'role-destroys': 'off' } } }, 'off'],
    ['role-destroys', { config: { rules: { 'role-destroys/literal': 'off' } } }, 'medium'],
    [
      'role-destroys/literal',
      { config: { rules: { 'role-destroys/literal': 'off' } }, overrides: ['role-destroys=high'] },
      'high',
    ],
    [
      'role-destroys',
      { config: { rules: { 'role-destroys': 'off' } }, overrides: ['role-destroys/literal=high'] },
      'off',
    ],
    ['role-destroys', { overrides: ['role-destroys=high', 'role-destroys=info'] }, 'info'],
    ['role-exceeds-budget', { overrides: ['role-exceeds-budget=critical'] }, 'critical'],
  ])('%s under %j is %s', (name, sources, expected) => {
    expect(severity(name, sources)).toBe(expected);
  });
});

describe('mistakes are named:', () => {
  const form =
    'is not of the form ID=SEVERITY. The severities are critical, high, medium, low, info and off, as in: --rule action-casing=off';
  test.each<[Sources, string]>([
    [
      { config: { rules: { 'role-destroyes': 'off' } } },
      'azrbac.config.json:1:28: There is no rule "role-destroyes". Did you mean "role-destroys"?',
    ],
    [
      { overrides: ['role-destroyes=off'] },
      'There is no rule "role-destroyes". Did you mean "role-destroys"?',
    ],
    [{ overrides: ['CKV_AZURE_39=off'] }, 'There is no rule "CKV_AZURE_39". All rules: azrbac rules'],
    [{ overrides: ['role-destroys'] }, `"--rule role-destroys" ${form}`],
    [{ overrides: ['role-destroys=warning'] }, `"--rule role-destroys=warning" ${form}`],
    [{ profile: 'pedantic' }, 'There is no profile "pedantic". The profiles are recommended and strict.'],
  ])('%j', (sources, message) => {
    expect(inputError(sources)).toBe(message);
  });
});
