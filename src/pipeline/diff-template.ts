import { DiagnosticList, diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { messageOf } from '../core/messages.ts';
import type { MemberDiff, TemplateDiff } from '../diff/types.ts';
import { BuiltOutput } from './built-output.ts';
import { type CompareSession, sessionsAt } from './diff.ts';
import { sharedTemplates, type TemplateCaller, templateCallers } from './template-callers.ts';

export interface TemplateDiffOptions {
  /** Name of a shared WorkflowTemplate of the output. */
  readonly template: string;
  /** Absent: all in which something calls it. */
  readonly environment?: string;
  /** A day, or RFC 3339. */
  readonly at: string;
}

/** Each job that calls a shared template, with what its pods of that template are on both sides. Undefined, and a diagnostic, where nothing calls it or the configuration is broken. */
export async function diffTemplate(
  legacy: Host,
  out: Host,
  { template, environment, at }: TemplateDiffOptions,
  sink: DiagnosticSink,
): Promise<TemplateDiff | undefined> {
  const output = new BuiltOutput(out);
  const callers = templateCallers(template, output).filter(
    (caller) => environment === undefined || caller.environment === environment,
  );
  if (callers.length === 0) {
    sink.add(diagnose('DIFF_TEMPLATE_UNCALLED', { template, known: sharedTemplates(output) }));
    return undefined;
  }
  const compare = sessionsAt(at, legacy, output, sink);
  if (compare === undefined) return undefined;
  const members: MemberDiff[] = [];
  for (const caller of callers) members.push(await memberDiff(caller, compare));
  return { template, at, members };
}

async function memberDiff(caller: TemplateCaller, compare: CompareSession): Promise<MemberDiff> {
  const { job, environment } = caller;
  const findings = new DiagnosticList();
  const diff = await compare(job, environment, findings);
  if (diff === undefined)
    return { kind: 'not-played', job, environment, reason: findings.items.map(messageOf).join('; ') };
  // A pod of no template of the output is one that Argo does not start at all.
  const pairs = diff.pairs.filter(
    ({ template }) => caller.whole || (template !== undefined && caller.templates.has(template)),
  );
  const lost = diff.pairs.filter(({ node, differences }) => node === undefined && differences.length > 0);
  return { kind: 'played', diff: { ...diff, pairs: caller.whole ? pairs : [...pairs, ...lost] } };
}
