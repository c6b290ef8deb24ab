/**
 * Imports on behalf of the bundle. Code that V8 takes from a cache cannot import by itself: Node 20 has lost where the
 * code stood.
 */
const load = async (specifier: string): Promise<unknown> =>
  // Bundles of our own need not wait for the loader of modules.
  specifier.endsWith('.cjs') ? require(specifier) : import(specifier);

export = load;
