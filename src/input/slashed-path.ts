/** Windows writes paths with backslashes, and understands both; we and Git's rules know `/` alone. */
export function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

/** The path of something in a folder. The topmost folder ends in a slash already. */
export function childOf(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** A path relative to a folder that it lies in. */
export function insideOf(folder: string, path: string): string {
  return path.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}

export function liesIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(childOf(folder, ''));
}
