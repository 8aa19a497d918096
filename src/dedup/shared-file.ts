import { byRule, map, text } from '../ir/build-value.ts';
import type { MapValue } from '../ir/value.ts';
import { CALL_RULE, type CalledPart, templateList } from './called-files.ts';
import type { Generalisation } from './types.ts';

/** A called file of which several workflows have the same templates, but for values that become inputs. */
export interface SharedFile {
  /** Kubernetes name of its WorkflowTemplate. */
  readonly name: string;
  readonly file: string;
  /** The calls that it stands for. */
  readonly parts: readonly CalledPart[];
  readonly general: Generalisation;
  /** The templates by position, the one that is called from outside first. */
  readonly templates: readonly (readonly [name: string, body: MapValue])[];
}

/** The WorkflowTemplate of a called file. */
export function sharedFileDocument({ name, file, parts, templates }: SharedFile): MapValue {
  const from = byRule(CALL_RULE);
  const callers = [...new Set(parts.map(({ member }) => member.job))].join(', ');
  const annotations = map(
    [
      ['workflows.argoproj.io/title', text(name, from)],
      ['workflows.argoproj.io/description', text(`${file}, called by ${callers}`, from)],
    ],
    from,
  );
  return map(
    [
      ['apiVersion', text('argoproj.io/v1alpha1', from)],
      ['kind', text('WorkflowTemplate', from)],
      [
        'metadata',
        map(
          [
            ['name', text(name, from)],
            ['annotations', annotations],
          ],
          from,
        ),
      ],
      ['spec', templateList(templates)],
    ],
    from,
  );
}
