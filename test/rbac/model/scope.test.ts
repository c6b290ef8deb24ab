import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  covers,
  isSameScope,
  keyAround,
  keysAround,
  parseScope,
  type Scope,
} from '../../../src/rbac/model/scope.js';

const subscription = '/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a2';
const other = '/subscriptions/4fcef865-31e7-467b-ab09-cfa100337a9e';
const group = `${subscription}/resourceGroups/rg1`;
const vault = `${group}/providers/Microsoft.KeyVault/vaults/kv1`;
const contoso = '/providers/Microsoft.Management/managementGroups/contoso';

describe('a place', () => {
  test.each([
    { text: '/', kind: 'root' },
    { text: contoso, kind: 'management-group', managementGroup: 'contoso' },
    {
      text: '/PROVIDERS/microsoft.management/MANAGEMENTGROUPS/Contoso',
      kind: 'management-group',
      managementGroup: 'contoso',
    },
    { text: subscription, kind: 'subscription', subscription: '0b44b9a8-ee7f-4020-a239-8b498e6fd0a2' },
    { text: `${subscription}/`, kind: 'subscription', subscription: '0b44b9a8-ee7f-4020-a239-8b498e6fd0a2' },
    {
      text: group,
      kind: 'resource-group',
      subscription: '0b44b9a8-ee7f-4020-a239-8b498e6fd0a2',
      resourceGroup: 'rg1',
    },
    { text: `${subscription}/resourcegroups/RG1`, kind: 'resource-group', resourceGroup: 'rg1' },
    { text: vault, kind: 'resource' },
    { text: `${vault}/secrets/s1`, kind: 'resource' },
    { text: `${vault}/providers/Microsoft.Insights/diagnosticSettings/d1`, kind: 'resource' },
    { text: `${subscription}/providers/Microsoft.Security/pricings/default`, kind: 'resource' },
    { text: '/providers/Microsoft.Billing/billingAccounts/123', kind: 'resource' },
    { text: '/providers/Microsoft.Management/serviceGroups/shops', kind: 'resource' },
  ])('$text', ({ text, ...expected }) => {
    expect(parseScope(text)).toMatchObject({ text, ...expected });
  });
});

describe('malformed', () => {
  test.each([
    { text: '', reason: 'empty' },
    { text: '  ', reason: 'empty' },
    { text: ` ${subscription}`, reason: 'blanks' },
    { text: subscription.slice(1), reason: 'no-leading-slash' },
    { text: '0b44b9a8-ee7f-4020-a239-8b498e6fd0a2', reason: 'no-leading-slash' },
    { text: `https://management.azure.com${subscription}`, reason: 'no-leading-slash' },
    { text: '//', reason: 'empty-part' },
    { text: `/${subscription}`, reason: 'empty-part' },
    { text: `${subscription}//resourceGroups/rg1`, reason: 'empty-part' },
    { text: '/subscriptions', reason: 'incomplete' },
    { text: '/subscriptions/', reason: 'incomplete' },
    { text: `${subscription}/resourceGroups`, reason: 'incomplete' },
    { text: `${group}/providers/Microsoft.KeyVault/vaults`, reason: 'incomplete' },
    { text: '/providers/Microsoft.Insights', reason: 'incomplete' },
    { text: '/providers/Microsoft.Management/managementGroups', reason: 'incomplete' },
    { text: '/resourceGroups/rg1', reason: 'unknown-start' },
    { text: '/managementGroups/contoso', reason: 'unknown-start' },
    { text: `${subscription}/resourceGroup/rg1`, reason: 'unknown-part' },
    { text: `${group}/virtualMachines/vm1`, reason: 'unknown-part' },
    { text: '/subscriptions/production', reason: 'subscription-not-guid' },
    { text: '/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a', reason: 'subscription-not-guid' },
    { text: `${subscription},${other}`, reason: 'illegal-character' },
    { text: `${subscription}/resourceGroups/r\0g`, reason: 'illegal-character' },
    { text: `/${'a/'.repeat(100_000)}`, reason: 'too-long' },
  ])('$reason: $text', ({ text, reason }) => {
    expect(parseScope(text)).toMatchObject({ kind: 'malformed', reason });
  });
});

describe('unfinished', () => {
  test.each([
    { text: '/subscriptions/{subscriptionId1}', placeholder: '{subscriptionId1}' },
    {
      text: '/subscriptions/<subscription-id>/resourceGroups/<resource-group>',
      placeholder: '<subscription-id>',
    },
    { text: '<SUBSCRIPTION_ID>', placeholder: '<SUBSCRIPTION_ID>' },
    { text: '${current_scope_resource_id}', placeholder: '${current_scope_resource_id}' },
    {
      text: '/subscriptions/{{cookiecutter.subscription_id}}',
      placeholder: '{{cookiecutter.subscription_id}}',
    },
    { text: "[parameters('scope')]", placeholder: "[parameters('scope')]" },
    { text: '/subscriptions/$SUBSCRIPTION_ID', placeholder: '$SUBSCRIPTION_ID' },
    { text: '/subscriptions/SUBSCRIPTION_ID', placeholder: 'SUBSCRIPTION_ID' },
    {
      text: '/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
      placeholder: 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    },
    { text: '/subscriptions/...', placeholder: '...' },
    { text: `${subscription}/resourceGroups/<rg>`, placeholder: '<rg>' },
  ])('$text', ({ text, placeholder }) => {
    expect(parseScope(text)).toMatchObject({ kind: 'placeholder', placeholder });
  });

  test('a star is no placeholder', () => {
    expect(parseScope('/subscriptions/*').kind).toBe('wildcard');
  });
});

describe('covers', () => {
  test.each([
    { outer: '/', inner: subscription, is: true },
    { outer: '/', inner: contoso, is: true },
    { outer: subscription, inner: vault, is: true },
    { outer: group.toUpperCase(), inner: vault, is: true },
    { outer: `${group}/`, inner: group, is: true },
    { outer: vault, inner: `${vault}/secrets/s1`, is: true },
    { outer: group, inner: `${group}0`, is: false },
    { outer: subscription, inner: other, is: false },
    { outer: vault, inner: group, is: false },
    { outer: contoso, inner: subscription, is: false },
    { outer: contoso, inner: '/', is: false },
    { outer: '/', inner: '/subscriptions/*', is: false },
    { outer: '', inner: subscription, is: false },
  ])('$outer, $inner: $is', ({ outer, inner, is }) => {
    expect(covers(parseScope(outer), parseScope(inner))).toBe(is);
  });

  test('the keys around a resource are those of its resource group, its subscription and the root', () => {
    const id = '/subscriptions/0b44b9a8-ee7f-4020-a239-8b498e6fd0a2';
    expect(keysAround(parseScope(vault))).toEqual(['/', id, `${id}/resourcegroups/rg1`]);
  });

  test('the same in another case and with a slash at the end', () => {
    expect(isSameScope(parseScope(group), parseScope(`${group.toUpperCase()}/`))).toBe(true);
  });

  test('is an order on whatever scopes there are', () => {
    const parts = fc.constantFrom(
      subscription,
      '/resourceGroups/rg1',
      '/providers/Microsoft.KeyVault/vaults/kv1',
      '/secrets/s1',
      contoso,
      '/',
      '*',
      'x',
    );
    const scope = fc.array(parts, { minLength: 1, maxLength: 4 }).map(texts => parseScope(texts.join('')));
    fc.assert(
      fc.property(scope, scope, scope, (a, b, c) => {
        if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
        if (covers(a, b) && covers(b, a)) expect(isSameScope(a, b)).toBe(true);
      }),
    );
  });

  test('the keys around are those of all places that a text begins with', () => {
    const parts = fc.constantFrom(
      subscription,
      '/resourceGroups/rg1',
      '/resourceGroups/providers',
      '/providers/Microsoft.KeyVault/vaults/kv1',
      '/providers/Microsoft.Billing/billingAccounts/providers',
      '/secrets/s1',
      contoso,
      '/',
      'x',
    );
    const scope = fc.array(parts, { minLength: 1, maxLength: 5 }).map(texts => parseScope(texts.join('')));
    fc.assert(
      fc.property(scope, place => {
        const pieces = place.key.slice(1).split('/');
        const starts = pieces.map((_, length) => `/${pieces.slice(0, length).join('/')}`);
        const isPlace = ({ kind }: Scope): boolean =>
          !['malformed', 'placeholder', 'wildcard'].includes(kind);
        const isInPlace = isPlace(place) && place.kind !== 'root';
        const around = isInPlace ? starts.filter(start => isPlace(parseScope(start))) : [];
        expect(keysAround(place)).toEqual(around);
        expect(keyAround(place)).toBe(around.at(-1));
      }),
    );
  });
});
