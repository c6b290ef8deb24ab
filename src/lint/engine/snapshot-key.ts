/** What stands for the files of a snapshot where a name must outlive them: the next one is called by another date. */
export const snapshotKey = '(snapshot)';

/** Makes the key of a file of the run; `snapshot` is the file or folder of a snapshot, if there is one. */
export function withSnapshotKey(
  fileKey: (file: string) => string,
  snapshot: string | undefined,
): (file: string) => string {
  if (snapshot === undefined) return fileKey;
  return file => (isOfSnapshot(file, snapshot) ? snapshotKey : fileKey(file));
}

/** Whether the file is the snapshot, or in its folder. */
export function isOfSnapshot(file: string, snapshot: string): boolean {
  return file === snapshot || file.startsWith(`${snapshot.replace(/\/$/, '')}/`);
}
