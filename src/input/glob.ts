import { Minimatch } from 'minimatch';

/**
 * Whether a path with `/` matches the glob of a configuration: one without a slash is about file names at any depth.
 * Braces are bounded, since a configuration may come from a stranger.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const compiled = new Minimatch(withoutDot(glob), { ...options, matchBase: true });
  return path => compiled.match(path);
}

/** A glob of the command line, which is about paths: `*.json` means the files of one folder. */
export interface PathGlob {
  matches(path: string): boolean;
  /** Whether something inside of the folder may match. */
  mayMatchInside(folder: string): boolean;
}

export function pathGlob(glob: string): PathGlob {
  const compiled = new Minimatch(withoutDot(glob), options);
  return { matches: path => compiled.match(path), mayMatchInside: folder => compiled.match(folder, true) };
}

/** Whether a word of the command line is a glob: the shells of Windows do not resolve them. */
export function isGlob(text: string): boolean {
  return /[*?[{]/.test(text);
}

function withoutDot(glob: string): string {
  return glob.replace(/^(\.\/)+/, '');
}

const options = {
  dot: true,
  nocomment: true,
  nonegate: true,
  braceExpandMax: 1_000,
  platform: 'linux',
} as const;
