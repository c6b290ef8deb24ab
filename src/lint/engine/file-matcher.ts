import { Minimatch } from 'minimatch';

/** Whether a path relative to the configuration's folder matches the glob; one without a slash is about file names. */
export function fileMatcher(glob: string): (path: string) => boolean {
  let matcher = matchers.get(glob);
  if (matcher === undefined) {
    const compiled = new Minimatch(glob.replace(/^\.\//, ''), {
      dot: true,
      matchBase: true,
      nocomment: true,
      nonegate: true,
    });
    matchers.set(glob, (matcher = path => compiled.match(path)));
  }
  return matcher;
}

/** A handful per configuration. */
const matchers = new Map<string, (path: string) => boolean>();
