import type { MapValue } from '../ir/value.ts';
import { withoutCallerFields } from './caller-fields.ts';
import { programOf, shapeOf } from './facts.ts';
import type { Level, Member } from './types.ts';

/** Members that one pattern could make: the same program and the same shape, in every environment. */
export interface Block {
  readonly program: string;
  readonly members: readonly Member[];
}

/** Blocks by program and shape; members whose shape differs between environments are given apart. */
export function blocksOf(
  members: readonly Member[],
  level: Level,
): { readonly blocks: readonly Block[]; readonly uneven: readonly Member[] } {
  const blocks = new Map<string, { program: string; members: Member[] }>();
  const uneven: Member[] = [];
  for (const member of members) {
    const bodies = [...member.bodies.values()].map((body) => (level === 'step' ? withoutCallerFields(body) : body));
    const shapes = new Set(bodies.map(shapeOf));
    const [shape] = shapes;
    const [first] = bodies;
    if (first === undefined || shape === undefined) continue;
    if (shapes.size > 1) {
      uneven.push(member);
      continue;
    }
    const program = level === 'step' ? programOf(first) : workflowPrograms(first);
    const key = `${program}\n${shape}`;
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, { program, members: [member] });
    else block.members.push(member);
  }
  return { blocks: [...blocks.values()], uneven };
}

/** The programs of a whole workflow's templates, in order. */
function workflowPrograms(document: MapValue): string {
  const templates = document.entries.get('templates');
  if (templates?.kind !== 'list') return '';
  return JSON.stringify(templates.items.map((template) => (template.kind === 'map' ? programOf(template) : '')));
}
