import { DiagnosticList } from '../core/diagnose.ts';
import type { RepoPath } from '../core/source.ts';
import { BUILD_CLOCK } from '../ir/opaque-reasons.ts';
import type { TextPart } from '../ir/value.ts';
import { readManifest } from '../yaml/kubectl.ts';
import { type ClockText, clockMark } from './clock/render-clock.ts';

/** The parts with what each mark of a date stands for: a value that is known only in a session. */
export function clockParts(parts: readonly TextPart[], dates: readonly ClockText[]): readonly TextPart[] {
  if (dates.length === 0) return parts;
  return parts.flatMap((part): readonly TextPart[] => {
    if (part.kind === 'runtime' || !clockMark.test(part.text)) return [part];
    return part.text.split(new RegExp(`(${clockMark.source})`)).flatMap((piece): readonly TextPart[] => {
      const date = dates.find(({ mark }) => mark === piece);
      if (date === undefined) return piece === '' ? [] : [{ ...part, text: piece }];
      const expr = { kind: 'opaque', engine: 'shell', source: date.command, reason: BUILD_CLOCK } as const;
      return [{ kind: 'runtime', expr, from: part.from }];
    });
  });
}

/** What YAML makes of a text without quotes where it is no text. */
export function readAs(text: string, path: RepoPath): string | undefined {
  const [document] = readManifest({ path, text: `value: ${text}\n` }, new DiagnosticList());
  const value = document?.kind === 'map' ? document.entries[0]?.value : undefined;
  if (value?.kind === 'string' && value.value === text) return undefined;
  return value?.kind ?? 'nothing';
}
