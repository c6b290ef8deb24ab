import { UserError } from '../../errors.js';

export const cloudNames = ['public', 'usgov', 'china'] as const;
export type CloudName = (typeof cloudNames)[number];

/** Where Azure answers. Without a slash at the end. */
export interface AzureEndpoints {
  /** As the snapshot calls it; `custom` where the endpoints were given by hand. */
  readonly cloud: CloudName | 'custom';
  readonly arm: string;
  readonly graph: string;
  readonly authorityHost: string;
}

export interface EndpointOptions {
  readonly cloud?: CloudName | undefined;
  readonly arm?: string | undefined;
  readonly graph?: string | undefined;
  readonly authorityHost?: string | undefined;
}

/** https://learn.microsoft.com/graph/deployments and https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure */
const clouds: Readonly<Record<CloudName, AzureEndpoints>> = {
  public: {
    cloud: 'public',
    arm: 'https://management.azure.com',
    graph: 'https://graph.microsoft.com',
    authorityHost: 'https://login.microsoftonline.com',
  },
  usgov: {
    cloud: 'usgov',
    arm: 'https://management.usgovcloudapi.net',
    graph: 'https://graph.microsoft.us',
    authorityHost: 'https://login.microsoftonline.us',
  },
  china: {
    cloud: 'china',
    arm: 'https://management.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
  },
};

/**
 * The endpoints of a cloud, or those given by hand: then all three, so that no token goes where nobody meant it to.
 * @throws UserError for an endpoint that is no https URL, and for some without the others.
 */
export function endpointsOf({ cloud, arm, graph, authorityHost }: EndpointOptions): AzureEndpoints {
  const given = [arm, graph, authorityHost].filter(url => url !== undefined);
  if (given.length === 0) return clouds[cloud ?? 'public'];
  if (arm === undefined || graph === undefined || authorityHost === undefined) {
    throw new UserError('The endpoints of a cloud are given all three together.', {
      hint: 'Give --arm-endpoint, --graph-endpoint and --authority-host, or --cloud for a cloud that azrbac knows.',
    });
  }
  if (cloud !== undefined) {
    throw new UserError('"--cloud" names the endpoints already.', {
      hint: 'Give --cloud, or the three endpoints, not both.',
    });
  }
  return {
    cloud: 'custom',
    arm: endpointFrom(arm, '--arm-endpoint'),
    graph: endpointFrom(graph, '--graph-endpoint'),
    authorityHost: endpointFrom(authorityHost, '--authority-host'),
  };
}

/**
 * Where people and programs sign in to Microsoft's clouds: the names that each of its authorities has.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export const authorityOrigins: readonly string[] = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'login.microsoftonline.us',
  'login.usgovcloudapi.net',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
].map(host => `https://${host}`);

/** Whether the sign-in is at one of Microsoft's own hosts, which alone can vouch for others. */
export function isKnownAuthority(authorityHost: string): boolean {
  return Object.values(clouds).some(cloud => cloud.authorityHost === authorityHost);
}

function endpointFrom(text: string, option: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.search + url.hash !== '') {
    throw new UserError(`"${option}" needs an https URL, not "${text}".`, {
      hint: 'Tokens are sent there: http is refused. NODE_EXTRA_CA_CERTS names certificates of an authority of your own.',
    });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
