import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { BuildFailure, BuildRefusal } from '../kustomize/failure.ts';
import { readDocuments } from '../kustomize/read-yaml.ts';
import { type ObservedJob, observedJobs } from '../verify/compare/observed.ts';
import type { Plain } from '../verify/effect.ts';

/** The Jobs in the YAML and JSON files of a folder. A file that cannot be read, or a folder without a Job, is reported. */
export function readObservedJobs(folder: Host, sink: DiagnosticSink): readonly ObservedJob[] {
  const jobs = folder
    .list()
    .filter((path) => /\.(?:ya?ml|json)$/.test(path))
    .flatMap((path) => {
      try {
        return observedJobs(readDocuments(folder.read(path) ?? '', 'json') as readonly Plain[]);
      } catch (error) {
        if (!(error instanceof BuildFailure || error instanceof BuildRefusal)) throw error;
        sink.add(diagnose('VERIFY_OBSERVED_BROKEN', { path, problem: error.message }));
        return [];
      }
    });
  if (jobs.length === 0) sink.add(diagnose('VERIFY_OBSERVED_EMPTY', {}));
  return jobs;
}
