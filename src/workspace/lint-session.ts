import type { BaselineFile } from '../lint/engine/baseline.js';
import type { LintResult } from '../lint/engine/finding.js';
import { type LintRequest, runLint } from '../lint/engine/run.js';
import { type OpenDocument, openDocument, type TextSource } from './open-document.js';

/** A request without the files that it is about. */
export type PreparedLint = Omit<LintRequest, 'documents' | 'roleDefinitions' | 'assignments'>;

/** What a session must know of a document that was read already. */
export type SessionDocument = Pick<OpenDocument, 'document' | 'roleDefinitions'> &
  Partial<Pick<OpenDocument, 'notices' | 'assignments'>>;

/**
 * Documents, and what is found in them, again and again. A document is read when it is opened or changed, and not when
 * others are; catalog and rules are those of the request.
 */
export class LintSession {
  private readonly documents: Map<string, SessionDocument>;
  private result: LintResult | undefined;

  constructor(
    private readonly prepared: PreparedLint,
    documents: Iterable<readonly [key: string, SessionDocument]> = [],
  ) {
    this.documents = new Map(documents);
  }

  /** Opens a document, or changes the one of that key: its file, unless told. */
  open(source: TextSource, key = source.file): OpenDocument {
    const opened = openDocument(source);
    this.put(key, opened);
    return opened;
  }

  /** The same for what was read already. One that changes keeps its place among the others. */
  put(key: string, document: SessionDocument): void {
    this.documents.set(key, document);
    this.result = undefined;
  }

  close(key: string): void {
    if (this.documents.delete(key)) this.result = undefined;
  }

  /** All that a run is about. */
  get request(): LintRequest {
    const open = [...this.documents.values()];
    return {
      ...this.prepared,
      documents: open.flatMap(({ document }) => document ?? []),
      roleDefinitions: open.flatMap(({ roleDefinitions }) => roleDefinitions),
      assignments: open.flatMap(({ assignments = [] }) => assignments),
    };
  }

  /** What is found in the documents, in whole: rules look at several at a time. */
  lint(): LintResult {
    return (this.result ??= this.run());
  }

  private run(): LintResult {
    const result = runLint(this.request);
    const notices = [...this.documents.values()].flatMap(document => document.notices ?? []);
    return notices.length === 0 ? result : { ...result, notices: [...notices, ...result.notices] };
  }

  /** The same documents under another baseline. */
  under(baseline: BaselineFile): LintSession {
    return new LintSession({ ...this.prepared, baseline }, this.documents);
  }
}
