import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { folderHost } from '../pipeline/host.ts';
import { withContentHash } from '../report/content-hash.ts';
import { keptProofsText, PROOF_FILE } from '../report/kept-proof.ts';
import { redactedSource } from '../report/redacted-source.ts';
import { reportFiles } from '../report/report-files.ts';
import { withVerdicts } from '../report/with-proof.ts';
import type { Verification } from '../verify/proof.ts';
import { nodeDisk } from './output/node-disk.ts';
import type { Plan } from './output/types.ts';
import { refreshOutput } from './output/write-output.ts';
import { pageFromFolders, sourceIn } from './page-from-folders.ts';
import { readReport } from './read-report.ts';
import { REPORT_JSON } from './render.ts';
import { thisProcess } from './this-process.ts';

/**
 * Writes verdicts into the reports of an output folder, and beside them what they were made from. Undefined where there
 * is no report, or, with a diagnostic, where nothing may be written.
 */
export function writeVerdicts(
  { jobs }: Verification,
  legacy: Host,
  out: string,
  sink: DiagnosticSink,
): Plan | undefined {
  const host = folderHost(out);
  const text = host.read(REPORT_JSON);
  const written = text === undefined ? undefined : readReport(text, REPORT_JSON, sink);
  if (written === undefined) return undefined;
  const report = withContentHash(withVerdicts(written, jobs));
  const page = pageFromFolders(report, host, legacy, languageOf(host));
  const proofs = keptProofsText(report, legacy, host);
  const files = [
    ...reportFiles(page, redactedSource(sourceIn(legacy))),
    ...(proofs === undefined ? [] : [{ path: PROOF_FILE, text: proofs, origins: new Map() }]),
  ];
  return refreshOutput(files, nodeDisk(out), thisProcess, sink);
}

/** The page stays in the language in which it was made. */
function languageOf(host: Host): 'en' | 'ja' {
  return /<html lang="ja"/.test((host.read('reports/index.html') ?? '').slice(0, 300)) ? 'ja' : 'en';
}
