import { diagnose } from '../../core/diagnose.ts';
import { entryOf, itemsOf, spanOf, staticText } from '../../ir/read-value.ts';
import type { TextPart, TextValue, Value } from '../../ir/value.ts';
import type { EditListener } from '../macros/edit.ts';
import type { Content } from '../shell/content.ts';
import type { StartedJob } from '../shell/facts.ts';
import { readableText } from '../shell/text-value.ts';
import type { LauncherContext } from '../types.ts';
import { applyEdits } from './apply-edits.ts';
import { readManifestText } from './read-text.ts';

/** The documents a content holds when it reaches the cluster; undefined where a diagnostic was added. */
export function documentsOf(
  content: Content,
  started: Pick<StartedJob, 'span'>,
  rule: string,
  context: LauncherContext,
): readonly Value[] | undefined {
  const report = (diagnostic: Parameters<LauncherContext['sink']['add']>[0]): undefined =>
    void context.sink.add(diagnostic);
  switch (content.kind) {
    case 'manifest':
      return content.documents
        .map((document) => applyEdits(document, content.edits, undefinedNames(rule, context)))
        .flatMap(itemsOfList);
    case 'text': {
      const read = readManifestText(content.text, started.span);
      if (read.kind === 'problem')
        return report(
          diagnose(
            'LAUNCHER_MANIFEST_INVALID',
            { manifest: content.file ?? 'the manifest in the script', problem: read.problem },
            { span: started.span, rule },
          ),
        );
      return read.documents.flatMap(itemsOfList);
    }
    case 'unknown':
      if (content.reported === true) return undefined;
      if (content.named === undefined)
        return report(
          diagnose('LAUNCHER_NOT_UNDERSTOOD', { what: `the manifest is ${content.why}` }, { span: started.span, rule }),
        );
      return report(diagnose('LAUNCHER_MANIFEST_UNKNOWN', { named: content.named }, { span: started.span, rule }));
  }
}

function undefinedNames(rule: string, context: LauncherContext): EditListener {
  return {
    used: () => undefined,
    undefinedName: (macro: string, at: TextValue) =>
      context.sink.add(
        diagnose('LAUNCHER_MACRO_UNDEFINED', { macro, where: readableText(at) }, { span: spanOf(at.from), rule }),
      ),
  };
}

function itemsOfList(document: Value): readonly Value[] {
  return staticText(entryOf(document, 'kind')) === 'List' ? itemsOf(entryOf(document, 'items')) : [document];
}

/** Text parts below a value with the path of the value they stand in. */
export function partsByPath(value: Value, path = ''): readonly { readonly path: string; readonly part: TextPart }[] {
  switch (value.kind) {
    case 'text':
      return value.parts.map((part) => ({ path, part }));
    case 'scalar':
      return [];
    case 'list':
      return value.items.flatMap((item, at) => partsByPath(item, `${path}[${at}]`));
    case 'map':
      return [...value.entries].flatMap(([key, entry]) => partsByPath(entry, path === '' ? key : `${path}.${key}`));
  }
}
