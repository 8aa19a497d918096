import { stringify } from 'yaml';
import { DiagnosticList } from '../../core/diagnose.ts';
import type { Loaded } from '../../rules/rule-set.ts';
import type { OperatorRuleFile } from '../../rules/schema.ts';
import { convertPlatform } from '../convert-platform.ts';
import { memoryHost } from '../host.ts';
import { differs, type ExampleContext } from './types.ts';

/** The rule matches its own examples, and a workflow of that one step is converted with the findings that they name. */
export async function operatorExample(
  example: OperatorRuleFile['examples'][number],
  rule: Loaded<OperatorRuleFile>,
  { files }: ExampleContext,
): Promise<readonly string[]> {
  const operator = Object.keys(example.dig)[0]?.replace(/>$/, '') ?? '';
  if (![rule.match.operator].flat().some((pattern) => new RegExp(pattern, 'u').test(operator)))
    return [`the rule does not match ${operator}>`];
  const host = memoryHost({
    'dig2argo.yaml': stringify({
      clusters: { prd: 'example' },
      worker: { image: 'example.test/worker:1' },
      ...example.config,
    }),
    'digdag/prd/example.dig': stringify({ '+step': example.dig }),
  });
  const sink = new DiagnosticList();
  await convertPlatform(host, { rules: files }, sink);
  const codes = new Set<string>(sink.items.map((item) => item.code));
  const errors = sink.items.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  return (example.diagnostics ?? [])
    .flatMap((code) => (codes.has(code) ? [] : [`the finding ${code} does not come`]))
    .concat(example.diagnostics === undefined ? differs('errors', [], errors) : []);
}
