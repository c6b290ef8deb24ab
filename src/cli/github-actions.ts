import { appendFileSync } from 'node:fs';
import { reasonOfError } from '../errors.js';
import type { Report } from '../reporters/reporter.js';
import type { Io } from './io.js';
import { bufferedPieces } from './write-pieces.js';

/** Shows findings as annotations and in the summary of the job, beside the report on standard output. */
export function writeGithubStep(
  { annotations, summary }: { readonly annotations: Report; readonly summary: Report },
  io: Pick<Io, 'env' | 'stderr'>,
): void {
  for (const piece of bufferedPieces(annotations)) io.stderr.write(piece);
  const file = io.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    for (const piece of bufferedPieces(summary)) appendFileSync(file, piece);
  } catch (error) {
    io.stderr.write(`azrbac: The job summary cannot be written: ${reasonOfError(error)}.\n`);
  }
}
