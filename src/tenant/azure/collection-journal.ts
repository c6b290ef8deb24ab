import { existsSync } from 'node:fs';
import { type Notice, UserError } from '../../errors.js';
import { Journal } from '../snapshot-writer/journal.js';
import type { JournalHeader } from '../snapshot-writer/journal-shape.js';
import type { SnapshotFile } from '../snapshot-writer/write-snapshot.js';
import type { AzureEndpoints } from './clouds.js';
import { type Engine, type Target, targetInWords } from './collection-request.js';

/** What decides whether two collections are of the same. */
interface JournalRequest {
  readonly endpoints: AzureEndpoints;
  readonly target: Target;
  readonly engine: Engine;
  readonly output: SnapshotFile;
  readonly isResumed: boolean;
  readonly collectedAt: string;
}

/** Where an interrupted collection keeps what it has read. */
export function journalOf({ path, shown }: SnapshotFile): SnapshotFile {
  return { path: `${path}.partial`, shown: `${shown}.partial` };
}

/** A new one, or the one to go on with. @throws UserError where it cannot be written, or is of something else. */
export function openJournal(request: JournalRequest, tenantId: string, notices: Notice[]): Journal {
  const { path, shown } = journalOf(request.output);
  const header: JournalHeader = {
    collectedAt: request.collectedAt,
    tenantId,
    cloud: request.endpoints.cloud,
    request: {
      target: targetInWords(request.target),
      engine: request.engine,
      endpoint: request.endpoints.arm,
    },
  };
  if (request.isResumed) {
    const journal = resumed(Journal.resume(path, shown), header, shown);
    if (journal.lost > 0) notices.push(lostNotice(shown, journal.lost));
    return journal;
  }
  if (existsSync(path)) {
    const message = `What an interrupted collection had left in "${shown}" was dropped; --resume would have gone on with it.`;
    notices.push({ code: 'collect-restarted', message });
  }
  return Journal.create(path, shown, header);
}

function lostNotice(shown: string, lost: number): Notice {
  const message = `The last ${lost === 1 ? 'byte' : `${lost} bytes`} of "${shown}" ${lost === 1 ? 'is' : 'are'} half written or damaged: what stood there is read again.`;
  return { code: 'collect-journal-damaged', message };
}

/** @throws UserError where the journal is of something else. */
function resumed(journal: Journal, wanted: JournalHeader, shown: string): Journal {
  const { header } = journal;
  const differences = [
    ...(header.tenantId === wanted.tenantId ? [] : [`tenant ${header.tenantId}`]),
    ...Object.entries(wanted.request)
      .filter(([name, value]) => header.request[name] !== value)
      .map(([name]) => `${name}: ${header.request[name]}`),
  ];
  if (differences.length === 0) return journal;
  journal.close();
  throw new UserError(`"${shown}" was begun for something else: ${differences.join('; ')}.`, {
    hint: 'Resume with the options that it was begun with, or run without --resume to begin anew.',
  });
}
