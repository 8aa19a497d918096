import { diagnose } from '../../../core/diagnose.ts';
import { type Edit, editText } from '../../macros/edit.ts';
import type { Call } from '../call.ts';
import type { Content } from '../content.ts';
import type { Shell } from '../shell.ts';
import { shapeOf } from '../text-value.ts';

/** The content after further edits: of a manifest they are kept until it is applied. */
export function editContent(shell: Shell, content: Content, edits: readonly Edit[], call: Call): Content {
  switch (content.kind) {
    case 'manifest':
      return { ...content, edits: [...content.edits, ...edits] };
    case 'text': {
      const shape = shapeOf(content.text);
      const listener = {
        used: () => undefined,
        undefinedName: (macro: string) => {
          if (isOnlyInComments(shape, macro)) return;
          shell.facts.diagnostics.push(
            diagnose('LAUNCHER_MACRO_UNDEFINED', { macro, where: call.source }, { span: call.span, rule: shell.rule }),
          );
        },
      };
      return { ...content, text: edits.reduce((text, edit) => editText(text, edit, listener), content.text) };
    }
    case 'unknown':
      return content;
  }
}

function isOnlyInComments(text: string, macro: string): boolean {
  return text.split('\n').every((line) => !line.includes(macro) || /^\s*#/.test(line));
}
