/** The type that the id of a resource says it has, in lower case: `microsoft.web/sites/slots`. Empty where it is none. */
export function fullTypeOf(id: string): string {
  const key = id.toLowerCase();
  const at = key.lastIndexOf(providers);
  if (at < 0) return '';
  const [namespace = '', ...rest] = key.slice(at + providers.length).split('/');
  return [namespace, ...rest.filter((_, i) => i % 2 === 0)].join('/');
}

/** The resource that another one lies in, or the place itself where it lies in none. */
export function parentOf(id: string): string {
  const parts = id.split('/');
  const isNested = parts.length - parts.lastIndexOf('providers') > 4;
  return isNested ? parts.slice(0, -2).join('/') : id;
}

const providers = '/providers/';
