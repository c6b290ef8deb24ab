import { Minimatch } from 'minimatch';

/** Whether a path relative to the configuration's folder matches the glob; one without a slash is about file names. */
export function fileMatcher(glob: string): (path: string) => boolean {
  const compiled = new Minimatch(glob.replace(/^\.\//, ''), {
    dot: true,
    matchBase: true,
    nocomment: true,
    nonegate: true,
  });
  return path => compiled.match(path);
}
