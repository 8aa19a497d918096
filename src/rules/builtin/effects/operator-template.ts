import { diagnose } from '../../../core/diagnose.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import { operatorRuleFor, unreadOptions } from '../../match.ts';
import type { OperatorRuleFile } from '../../schema.ts';
import type { PodTemplate } from '../../types.ts';
import type { EffectServices } from './effect-converter.ts';
import { httpTemplate } from './http-template.ts';
import { mailTemplate } from './mail-template.ts';
import { methodTemplate } from './method-template.ts';
import { skeletonTemplate } from './skeleton.ts';

/** An operator that its rule gives a built-in of this package; options that the rule does not read are reported. */
export function operatorTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'operator' }>,
  services: EffectServices,
): PodTemplate {
  const rule = operatorRuleFor(services.rules, task, services.sink);
  if (rule !== undefined && effect.use !== 'method') reportLost(rule, task, services);
  switch (effect.use) {
    case 'method':
      return methodTemplate(task, effect, services);
    case 'http':
      return httpTemplate(task, services);
    case 'mail': {
      const secret = rule?.emit?.with['secret'];
      return mailTemplate(task, effect, services, typeof secret === 'string' ? secret : 'mail');
    }
    default: {
      const given = new Map([['command', task.command], ...task.options]);
      services.sink.add(diagnose('OPERATOR_UNKNOWN', { operator: task.operator, task: task.id }, { span: task.span }));
      const remedy = `the rule names ${effect.use}, which is no built-in of this version`;
      return skeletonTemplate(
        task,
        { kind: 'manual', what: `${task.operator}> of ${task.id}`, remedy, given },
        services,
      );
    }
  }
}

/** Options that no part of the new step says. To a method, every key of the step is a parameter. */
function reportLost(rule: OperatorRuleFile, task: OperatorTask, { sink }: EffectServices): void {
  const refused = [...task.options.keys()].filter((option) => Object.hasOwn(rule.unsupported, option));
  for (const option of [...unreadOptions(rule, task), ...refused])
    if (!option.startsWith('_'))
      sink.add(
        diagnose('OPERATOR_OPTION_LOST', { operator: task.operator, option, task: task.id }, { span: task.span }),
      );
}
