import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import { checkParameterNames } from './check-names.ts';
import type { Called } from './context.ts';
import { at, itemsOf, type LintNode, nameOf, textOf } from './node.ts';

/** Arguments of a workflow, step, task or hook: each with a value from somewhere. */
export function checkArguments(
  owner: string,
  args: LintNode | undefined,
  valuesMayMiss: boolean,
  sink: DiagnosticSink,
): void {
  checkParameterNames('parameter', at(args, 'parameters'), sink);
  checkParameterNames('artifact', at(args, 'artifacts'), sink);
  for (const parameter of itemsOf(at(args, 'parameters'))) checkArgument(owner, parameter, valuesMayMiss, sink);
}

function checkArgument(owner: string, parameter: LintNode, valuesMayMiss: boolean, sink: DiagnosticSink): void {
  const name = nameOf(parameter);
  const where = `parameter ${name} of ${owner}`;
  const [value, from, choices] = [at(parameter, 'value'), at(parameter, 'valueFrom'), at(parameter, 'enum')];
  if (value === undefined && from === undefined && !valuesMayMiss)
    sink.add(diagnose('LINT_MISSING', { what: 'value', where }, { span: parameter.span }));
  if (value !== undefined && from !== undefined)
    sink.add(diagnose('LINT_CONFLICT', { what: 'both value and valueFrom', where }, { span: parameter.span }));
  if (from !== undefined) {
    const allowed = ['configMapKeyRef', 'event', 'supplied'].some((field) => at(from, field) !== undefined);
    const refused = ['path', 'jsonPath', 'parameter', 'expression'].some((field) => textOf(at(from, field)) !== '');
    if (!allowed || refused)
      sink.add(
        diagnose(
          'LINT_VALUE',
          { field: `${where}: valueFrom`, value: '', want: 'configMapKeyRef or supplied' },
          { span: from.span },
        ),
      );
  }
  if (choices === undefined) return;
  const values = itemsOf(choices).map(textOf);
  if (values.length === 0) sink.add(diagnose('LINT_MISSING', { what: 'enum value', where }, { span: choices.span }));
  else if (value === undefined) {
    if (!valuesMayMiss) sink.add(diagnose('LINT_MISSING', { what: 'value', where }, { span: parameter.span }));
  } else if (!values.includes(textOf(value)))
    sink.add(
      diagnose(
        'LINT_VALUE',
        { field: where, value: textOf(value), want: `one of ${values.join(', ')}` },
        { span: value.span },
      ),
    );
}

/** What a called template needs must be given, and what is given should be taken. */
export function checkInputs(call: LintNode, called: Called, given: LintNode | undefined, sink: DiagnosticSink): void {
  if (called.kind !== 'template') return;
  const arguments_ = itemsOf(at(given, 'parameters'));
  const names = new Set(arguments_.map(nameOf));
  const inputs = itemsOf(at(called.template, 'inputs', 'parameters'));
  for (const input of inputs) {
    if (['value', 'default', 'valueFrom'].some((field) => at(input, field) !== undefined) || names.has(nameOf(input)))
      continue;
    sink.add(
      diagnose(
        'LINT_MISSING',
        { what: `argument ${nameOf(input)}`, where: `the call of ${nameOf(called.template) || 'the template'}` },
        { span: call.span },
      ),
    );
  }
  for (const artifact of itemsOf(at(called.template, 'inputs', 'artifacts'))) {
    const located =
      at(artifact, 'optional')?.kind === 'bool' ||
      (artifact.kind === 'map' &&
        [...artifact.entries.keys()].some(
          (key) => !['name', 'path', 'mode', 'optional', 'recurseMode', 'archive'].includes(key),
        ));
    if (!located && !itemsOf(at(given, 'artifacts')).some((item) => nameOf(item) === nameOf(artifact)))
      sink.add(
        diagnose('LINT_MISSING', { what: `artifact ${nameOf(artifact)}`, where: 'the call' }, { span: call.span }),
      );
  }
  const taken = new Set(inputs.map(nameOf));
  for (const argument of arguments_) {
    if (!taken.has(nameOf(argument)) && nameOf(argument) !== '')
      sink.add(
        diagnose(
          'LINT_USELESS',
          { what: `argument ${nameOf(argument)}`, why: `template ${nameOf(called.template)} does not take it` },
          { span: argument.span },
        ),
      );
  }
}
