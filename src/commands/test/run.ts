import { type ExitCode, exitSuccess, exitFindings, exitFailure, exitUnknown } from '../../cli/exit-codes.js';
import { readAccessTests } from '../../analysis/access-tests/read-access-tests.js';
import { runAccessTests, type AccessTestResult } from '../../analysis/access-tests/run-access-tests.js';
import { formatNotice } from '../../text/notice.js';
import type { testDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { failWithAll } from '../../cli/fail-with-all.js';
import { readDocument } from '../../workspace/read-document.js';
import { type Report, printNotices, writeReport } from '../../cli/output.js';
import type { TestReport } from '../../reporters/test/test-report.js';

type TestOptions = CommandLine<typeof testDeclaration.options>['options'];

/** `azrbac test` */
export async function run(
  { positionals: [file = '-'], options }: CommandLine<typeof testDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const workspace = await openWorkspace(options, io);
  const document = await readDocument(file, options['stdin-filename'], io);
  const { tests, inputErrors } = readAccessTests(document, workspace.catalog);
  const { tenant, notices } = await loadTenant(options.snapshot, workspace, options);
  const report = {
    file: document.file,
    results: runAccessTests(tests, tenant),
    inputErrors,
    notices,
    tenant,
  };
  writeReport(await reportIn(options, report), options, io);
  printNotices(notices.map(formatNotice), options, io);
  failWithAll(inputErrors, file, io);
  return inputErrors.length > 0 ? exitFailure : exitCodeOf(report.results);
}

async function reportIn({ format = 'text', all }: TestOptions, report: TestReport): Promise<Report> {
  switch (format) {
    case 'text':
      return (await import('../../reporters/test/text.js')).testText(
        report,
        all ? 'everything' : 'main-points',
      );
    case 'json':
      return (await import('../../reporters/test/json.js')).testJson(report);
    case 'junit':
      return (await import('../../reporters/test/junit.js')).testJunit(report);
    case 'markdown':
      return (await import('../../reporters/test/markdown.js')).testMarkdown(report);
  }
}

function exitCodeOf(results: readonly AccessTestResult[]): ExitCode {
  if (results.some(({ status }) => status === 'fail')) return exitFindings;
  return results.some(({ status }) => status === 'unknown') ? exitUnknown : exitSuccess;
}
