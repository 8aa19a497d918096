import type { Provenance, TextPart, TextValue } from '../../ir/value.ts';
import { type Content, opaque } from './content.ts';
import type { Shell } from './shell.ts';

type Manifest = Extract<Content, { kind: 'manifest' }>;

/** A manifest as the text of a variable: `yaml=$(curl …)`. Only whole it is a manifest again. */
export function keptManifest(shell: Shell, manifest: Manifest, source: string, from: Provenance): TextValue {
  const place = shell.facts.keptManifests.push(manifest);
  return opaque(source, `the text of manifest ${place}`, from);
}

/** The manifest that a text is, but for blank lines around it. */
export function manifestIn(shell: Shell, text: TextValue): Manifest | undefined {
  const [part, ...more] = text.parts.filter((each) => each.kind === 'runtime' || each.text.trim() !== '');
  if (part?.kind !== 'runtime' || part.expr.kind !== 'opaque' || more.length > 0) return undefined;
  const place = /^the text of manifest (\d+)$/.exec(part.expr.reason)?.[1];
  return place === undefined ? undefined : shell.facts.keptManifests[Number(place) - 1];
}

/** A text that runs as a script: the shell would read the manifest in it for variables of its own, which is not done here. */
export function withoutManifests(shell: Shell, text: TextValue): TextValue {
  const parts = text.parts.flatMap((part): readonly TextPart[] => {
    const alone = { ...text, parts: [part] };
    return part.kind === 'runtime' && part.expr.kind === 'opaque' && manifestIn(shell, alone) !== undefined
      ? opaque(part.expr.source, 'a manifest that the shell reads as a script', part.from).parts
      : [part];
  });
  return { ...text, parts };
}

/** What a pipe or a file holds, a manifest that was kept as text among them. */
export function withManifest(shell: Shell, content: Content): Content {
  return content.kind === 'text' ? (manifestIn(shell, content.text) ?? content) : content;
}
