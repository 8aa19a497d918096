import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { EmitInput } from '../emit/emit-input.ts';
import { unusedSecrets } from '../emit/platform/unused-secrets.ts';

/** What Digdag's worker was trusted with and nothing needs any more. */
export function reportUnusedSecrets(input: EmitInput, sink: DiagnosticSink): void {
  for (const { variable, secret, key } of unusedSecrets(input))
    sink.add(diagnose('WORKER_SECRET_UNUSED', { name: variable, secret, key }, {}));
}
