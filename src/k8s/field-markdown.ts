import { fieldPlaces, type PlaceKind } from './field-places.ts';
import { fieldTable } from './field-table.ts';

const headings: Readonly<Record<PlaceKind, string>> = {
  same: 'Kept under the same name',
  moved: 'Kept elsewhere',
  transform: 'Written in another form',
  patch: 'Kept through podSpecPatch',
  none: 'Without a place in Argo; reported where a manifest uses them',
};

/** The field table as Markdown: one row per field that has a place of its own; fields below it go with it. */
export function fieldMarkdown(): string {
  const total = fieldTable().length;
  const sections = Object.entries(headings).map(([kind, heading]) => {
    const rows = fieldPlaces.filter((place) => place.kind === kind);
    const lines = rows.map(
      ({ path, argo, note, seen }) =>
        `| \`${path}\` | ${code(argo)} | ${[note, seen ? undefined : 'read in the source only'].filter(Boolean).join('; ')} |`,
    );
    return [`## ${heading}`, '', '| field | in Argo | remark |', '|---|---|---|', ...lines, ''].join('\n');
  });
  return [
    '# Where the fields of a Job go',
    '',
    `T is the template, W the workflow's spec. ${total} fields of Job, PodTemplate, PodSpec and Container (Kubernetes 1.35) have a place; a field that is not listed goes with the one above it.`,
    '',
    ...sections,
  ].join('\n');
}

function code(argo: string | undefined): string {
  return argo === undefined ? '' : `\`${argo}\``;
}
