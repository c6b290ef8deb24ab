import { UserError } from '../../errors.js';

/**
 * Looks at what the libraries will take for their proxy.
 * @throws UserError where a variable of the environment names none that they could use.
 */
export function expectUsableProxy(env: Readonly<Record<string, string | undefined>>): void {
  const name = names.find(one => env[one]);
  if (name === undefined) return;
  const { protocol } = URL.canParse(env[name]!) ? new URL(env[name]!) : { protocol: undefined };
  if (protocol === 'http:' || protocol === 'https:') return;
  throw new UserError(
    `The environment variable ${name} does not name a proxy: it must begin with http:// or https://.`,
    {
      hint: `Set it as in ${name}=http://127.0.0.1:3128, or unset it.`,
    },
  );
}

/** The first that is set is taken. */
const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];
