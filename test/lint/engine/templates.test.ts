import { expect, test } from 'vitest';
import { found, lintFiles, roleWith } from './lint-text.js';

const placeholder = 'Microsoft.Compute/${kind}/read';
const role = roleWith([placeholder, placeholder.replace('read', 'write')]);

test.each([
  ['roles/client.json', {}],
  ['roles/client.tmpl.json', {}],
  ['roles/client.json', { placeholders: ['other/*.json'] }],
])('%s under %j is final: its placeholders are faults', (file, config) => {
  expect(found(lintFiles({ [file]: role }, { config }))).toEqual([
    `${file} action-placeholder`,
    `${file} action-placeholder`,
  ]);
});

test.each([
  ['roles/client.json.tmpl', {}],
  ['roles/client.tpl', {}],
  ['roles/client.json.j2', {}],
  ['lib/client.alz_role_definition.json', {}],
  ['roles/client.json', { placeholders: ['roles/**'] }],
])('%s under %j is a template: one notice says what was not judged', (file, config) => {
  const { findings, notices } = lintFiles({ [file]: role }, { config });
  expect([findings, notices]).toEqual([
    [],
    [
      {
        code: 'template-placeholders',
        message: '2 strings hold placeholders and cannot be judged before the template is filled.',
        file,
      },
    ],
  ]);
});

test('who turns the rule off hears nothing of placeholders', () => {
  expect(
    lintFiles({ 'a.tmpl': role }, { config: { rules: { 'action-placeholder': 'off' } } }).notices,
  ).toEqual([]);
});
