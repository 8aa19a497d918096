import { z } from 'zod';
import { head, name, pattern, patterns } from './schema-parts.ts';

/** Rules that read what runs inside a pod: clocks, sidecars, entry points of images. */

const group = z.string().regex(/^\$[a-z]\w*$/, { message: 'must name a group of the pattern: $group' });

export const clockSchema = z.strictObject({
  ...head('clock'),
  language: z
    .enum(['shell', 'python', 'ruby', 'node', 'perl', 'php', 'program'])
    .describe('what the text is that asks the clock; program: nothing to see, known by its image'),
  pattern: pattern.optional().describe('the text that is replaced; groups give shift, format and zone'),
  image: pattern.optional().describe('images whose program asks the clock'),
  use: name.optional().describe('built-in that translates what the pattern finds, where groups cannot say it'),
  shift: z
    .strictObject({
      amount: z.union([z.int(), group]),
      sign: z
        .union([z.literal(1), z.literal(-1), group])
        .default(1)
        .describe('a group that holds ago, last or - turns the shift back'),
      unit: z.union([z.enum(['year', 'month', 'week', 'day', 'hour', 'minute', 'second']), group]),
    })
    .optional(),
  format: z.union([group, z.string()]).optional().describe('strftime format, or the group that holds it'),
  zone: z
    .union([z.literal('container'), z.literal('utc'), group])
    .default('container')
    .describe('zone the clock is read in'),
  flag: z.string().optional().describe('argument to add where the program takes its date from one: --date={date}'),
  examples: z
    .array(
      z.strictObject({
        text: z.string(),
        zone: z.string().optional().describe('TZ of the container'),
        image: z.string().optional(),
        gives: z.union([
          z.literal('nothing'),
          z.literal('kept'),
          z.strictObject({
            text: z
              .string()
              .describe('the text with what replaces the clock, for the session 2024-03-31T00:00:00+09:00'),
          }),
        ]),
      }),
    )
    .min(1),
});

export const sidecarSchema = z.strictObject({
  ...head('sidecar'),
  images: z.array(pattern).default([]).describe('images of the container beside the main one'),
  programs: z
    .array(pattern)
    .default([])
    .describe("found in the container's command and arguments, or shell text, on one line: known whatever its image"),
  admin_port: pattern
    .optional()
    .describe('found in the command line of a container that opens a port by which others end it; ^ where all do'),
  stops: z
    .array(
      z.strictObject({
        name: name.describe('how the legacy pod stops the sidecar'),
        main: z
          .array(pattern)
          .default([])
          .describe("texts in the main container's shell that are cut out; all must be found"),
        sidecar: z
          .array(pattern)
          .default([])
          .describe("texts in the sidecar's shell that are cut out; all must be found"),
        shell: z
          .enum(['unwrap', 'keep'])
          .default('unwrap')
          .describe('unwrap: one simple command that is left runs without a shell'),
        removes: z.array(z.enum(['shareProcessNamespace', 'shared-volume', 'admin-port'])).default([]),
      }),
    )
    .default([]),
  never_ends: z.boolean().default(true).describe('nothing but such a stop ends the container'),
  examples: z
    .array(
      z.strictObject({
        image: z.string(),
        main: z.string().describe("text of the main container's sh -c"),
        sidecar: z.string().optional(),
        share_process_namespace: z.boolean().optional(),
        gives: z.union([
          z.literal('nothing'),
          z.literal('kept'),
          z.strictObject({ command: z.array(z.string()), args: z.array(z.string()).optional(), stop: name }),
        ]),
      }),
    )
    .min(1),
});

export const imageSchema = z.strictObject({
  ...head('image'),
  image: patterns.describe('found in the image name without tag and digest'),
  tag: pattern.optional().describe('found in the tag, which is latest where none is written; absent: any tag'),
  command: z
    .array(z.string())
    .describe('the entry point; [] where the image has none, so that the arguments name the program'),
  args: z.array(z.string()).optional().describe("the image's own arguments, used where the manifest gives none"),
  reads_clock: z.boolean().default(false),
  date_flag: z.string().optional().describe('argument that gives the program its date: --date={date}'),
  examples: z
    .array(z.strictObject({ image: z.string(), gives: z.union([z.literal('nothing'), z.array(z.string())]) }))
    .min(1),
});
