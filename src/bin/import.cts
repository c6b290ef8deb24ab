/**
 * Imports on behalf of the bundle. Code that V8 takes from a cache cannot import by itself: Node 20 has lost where the
 * code stood.
 */
const load = (specifier: string): Promise<unknown> => import(specifier);

export = load;
