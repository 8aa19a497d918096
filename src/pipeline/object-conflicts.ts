import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { carriedObjects } from '../emit/carried-objects.ts';
import type { EmitInput } from '../emit/emit-input.ts';
import { spanOf } from '../ir/read-value.ts';

/** Objects of one name and namespace that Jobs carry with different contents: the one applied last would hold for all of them. */
export function reportObjectConflicts(input: EmitInput, sink: DiagnosticSink): void {
  for (const environment of input.environments) {
    const jobs = input.jobs.filter((job) => job.overlays.has(environment));
    for (const { id, namespace, contents, jobs: carriers } of carriedObjects(jobs, environment)) {
      const [first] = contents;
      if (contents.length < 2 || first === undefined) continue;
      sink.add(
        diagnose(
          'POD_OBJECT_CONFLICT',
          { object: `${id} in ${namespace}`, jobs: carriers },
          { span: spanOf(first.from), environment },
        ),
      );
    }
  }
}
