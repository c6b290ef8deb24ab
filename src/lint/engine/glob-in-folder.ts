/** The glob of a configuration as one further up would write it: one without a slash is about file names at any depth. */
export function globInFolder(glob: string, folder: string): string {
  const inside = glob.replace(/^(?:\.\/)+/, '');
  return `${folder.replace(/[\\*?[\]{}()!+@|]/g, '\\$&')}/${inside.includes('/') ? '' : '**/'}${inside}`;
}
