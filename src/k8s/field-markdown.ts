import { fieldPlaces, type PlaceKind } from './field-places.ts';
import { fieldTable, newerFields } from './field-table.ts';
import { kubernetesSource } from './kubernetes-types.ts';

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
  const newer = newerFields().filter((path) => !path.includes('ephemeralContainers'));
  const sections = Object.entries(headings).map(([kind, heading]) => {
    const rows = fieldPlaces.filter((place) => place.kind === kind);
    const lines = rows.map(
      ({ path, argo, note, report, seen }) =>
        `| \`${path}\` | ${code(argo ?? report)} | ${[note, seen ? undefined : 'read in the source only'].filter(Boolean).join('; ')} |`,
    );
    return [
      `## ${heading}`,
      '',
      `| field | ${kind === 'none' ? 'reported as' : 'in Argo'} | remark |`,
      '|---|---|---|',
      ...lines,
      '',
    ].join('\n');
  });
  return [
    '# Where the fields of a Job go',
    '',
    '<!-- Generated from src/k8s by `npm run test:update`. -->',
    '',
    `T is the template, W the workflow's spec. All ${total} fields of a Job and of everything below it (${kubernetesSource.module} ${kubernetesSource.version}) have exactly one place; a field that is not listed goes with the one above it.`,
    '',
    `${newer.length} of them are unknown to Argo Workflows 4.0.7 (k8s.io/api ${kubernetesSource.argoVersion}) and get lost unless the tables say otherwise; a manifest that uses one is reported:`,
    `${newer.map((path) => `\`${path}\``).join(', ')}.`,
    '',
    ...sections,
  ].join('\n');
}

function code(argo: string | undefined): string {
  return argo === undefined ? '' : `\`${argo}\``;
}
