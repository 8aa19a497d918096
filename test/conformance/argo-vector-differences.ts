import { z } from 'zod';

/** A recorded case that the real packages answer otherwise, and why that is right. */
interface Difference {
  readonly why: string;
  readonly want: (recorded: unknown) => unknown;
}

const fire = z.looseObject({ schedule: z.string() });
const fires = z.looseObject({ fires: z.array(fire) });

/** By case id; for lost fields, the id followed by ` lost`. */
export const differences: ReadonlyMap<string, Difference> = new Map<string, Difference>([
  [
    'when-133',
    {
      why: 'shouldExecute returns true for the empty text before govaluate sees it; the recording went straight to govaluate',
      want: () => ({ substituted: '', result: true }),
    },
  ],
  [
    'cron-160',
    {
      why: 'the recording cut the schedule at its tab',
      want: (recorded) => {
        const answer = fires.parse(recorded);
        return { ...answer, fires: answer.fires.map((entry) => ({ ...entry, schedule: `${entry.schedule}\t* * *` })) };
      },
    },
  ],
  [
    'lint-unknown-022 lost',
    {
      why: 'an unknown field with an empty value is lost too; the recording looked at values only',
      want: () => [
        '[deep] CronWorkflow .spec.workflowSpec.templates[0].steps[0][0].arguments.parameter: unknown field, silently dropped',
      ],
    },
  ],
  [
    'lint-yaml-047 lost',
    {
      why: 'a line is counted otherwise where the text is cut inside a scalar',
      want: () => ['[deep] document 1: yaml: line 32: found unexpected end of stream'],
    },
  ],
]);
