import { expect, test } from 'vitest';
import { endpointsOf, isKnownAuthority } from '../../../src/tenant/azure/clouds.js';

const own = {
  arm: 'https://arm.local.azurestack.external/',
  graph: 'https://graph.local.azurestack.external:8443',
  authorityHost: 'https://login.local.azurestack.external/adfs/',
};

test('the public cloud is meant where nothing is said', () => {
  expect(endpointsOf({})).toEqual({
    cloud: 'public',
    arm: 'https://management.azure.com',
    graph: 'https://graph.microsoft.com',
    authorityHost: 'https://login.microsoftonline.com',
  });
});

test.each([
  {
    cloud: 'usgov' as const,
    hosts: ['management.usgovcloudapi.net', 'graph.microsoft.us', 'login.microsoftonline.us'],
  },
  {
    cloud: 'china' as const,
    hosts: ['management.chinacloudapi.cn', 'microsoftgraph.chinacloudapi.cn', 'login.chinacloudapi.cn'],
  },
])('$cloud has hosts of its own', ({ cloud, hosts }) => {
  const { arm, graph, authorityHost } = endpointsOf({ cloud });
  expect([arm, graph, authorityHost]).toEqual(hosts.map(host => `https://${host}`));
  expect(isKnownAuthority(authorityHost)).toBe(true);
});

test('endpoints given by hand keep port and path, without a slash at the end', () => {
  expect(endpointsOf(own)).toEqual({
    cloud: 'custom',
    arm: 'https://arm.local.azurestack.external',
    graph: 'https://graph.local.azurestack.external:8443',
    authorityHost: 'https://login.local.azurestack.external/adfs',
  });
  expect(isKnownAuthority(endpointsOf(own).authorityHost)).toBe(false);
});

test.each([
  { options: { ...own, arm: 'http://localhost:8080' }, message: '"--arm-endpoint" needs an https URL' },
  { options: { ...own, graph: 'graph.microsoft.us' }, message: '"--graph-endpoint" needs an https URL' },
  {
    options: { ...own, authorityHost: 'https://a:b@login.us' },
    message: '"--authority-host" needs an https',
  },
  { options: { ...own, arm: 'https://arm.us/?to=me' }, message: '"--arm-endpoint" needs an https URL' },
  { options: { arm: own.arm }, message: 'all three together' },
  { options: { ...own, cloud: 'usgov' as const }, message: '"--cloud" names the endpoints already' },
])('refused: $message', ({ options, message }) => {
  expect(() => endpointsOf(options)).toThrow(message);
});
