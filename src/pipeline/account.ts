import type { Accounting, Unit } from '../core/accounting.ts';
import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { type RepoPath, wholeFile } from '../core/source.ts';
import type { Project } from '../discover/project.ts';
import type { OperatorTask } from '../ir/graph.ts';
import { templateUnits } from '../jinja/static.ts';
import { leaves } from '../jinja/variables.ts';
import type { MergedJob } from '../merge/types.ts';
import { accountDig } from './account-dig.ts';
import { accountManifests } from './account-manifests.ts';
import type { ManifestRenderer } from './manifests.ts';
import type { ReadWorkflow } from './read-graphs.ts';

export interface AccountInput {
  readonly host: Host;
  readonly project: Project;
  readonly read: readonly ReadWorkflow[];
  readonly manifests: ManifestRenderer;
  readonly jobs: readonly MergedJob[];
  readonly accounting: Accounting;
  readonly sink: DiagnosticSink;
}

/** What became of each unit of the legacy tree (see `Unit`), over all jobs and environments. */
export function accountPlatform(input: AccountInput): void {
  for (const read of input.read) accountDig(read, input.host, input.accounting);
  for (const job of input.jobs)
    for (const workflow of job.converted.values()) accountManifests(workflow, input.accounting);
  accountTemplates(input);
  accountVariables(input);
  accountFiles(input);
}

/** Tags of every template that some environment renders, its includes and imports too. */
function accountTemplates({ host, manifests, accounting }: AccountInput): void {
  const rendered = new Set(manifests.manifests().flatMap((manifest) => manifest.rendered.used.templates));
  for (const path of rendered) {
    const text = host.read(path);
    if (text === undefined) continue;
    for (const unit of templateUnits({ path, text })) {
      if (unit.kind !== 'template-tag') continue;
      accounting.declare(unit);
      accounting.consume(unit, 'jinja');
    }
  }
}

function accountVariables({ manifests, accounting }: AccountInput): void {
  for (const manifest of manifests.manifests()) {
    const used = new Set(manifest.rendered.used.leaves.map((leaf) => leaf.path));
    for (const leaf of leaves(manifests.context(manifest.variables))) {
      const unit: Unit = { kind: 'variable', span: leaf.span, label: leaf.path };
      accounting.declare(unit);
      if (used.has(leaf.path)) accounting.consume(unit, 'jinja');
      else
        accounting.drop(
          unit,
          'variable-unread',
          'no template that a step starts reads it, or a later variable file replaces it',
        );
    }
  }
}

/** Files as a whole: read by a stage, no part of what runs, or unaccounted. */
function accountFiles({ host, project, read, manifests, accounting, sink }: AccountInput): void {
  const byStage = new Map<string, string>([
    ['dig2argo.yaml', 'config'],
    ['dig2argo.review.yaml', 'report'],
  ]);
  for (const each of read) for (const loaded of each.loaded) for (const file of loaded.files) byStage.set(file, 'dig');
  for (const each of read) {
    for (const { unit } of each.commands) byStage.set(unit.span.file, 'launchers');
    for (const task of each.graph.tasks.values())
      if (task.kind === 'operator') for (const path of launchedFiles(task)) byStage.set(path, 'launchers');
  }
  for (const manifest of manifests.manifests()) {
    for (const file of [...manifest.rendered.used.templates, ...manifest.variables]) byStage.set(file, 'jinja');
    if (manifest.comparedWith !== undefined) byStage.set(manifest.comparedWith, 'jinja');
  }
  for (const path of host.list()) accountFile(path, byStage.get(path), { host, project, accounting });
  for (const { unit, fate } of accounting.units()) {
    const unread = fate.kind === 'unaccounted' || (fate.kind === 'dropped' && fate.rule === 'never-launched');
    if (unit.kind === 'file' && unread)
      sink.add(diagnose('PROJECT_FILE_UNREAD', { path: unit.label }, { span: unit.span }));
  }
}

function accountFile(
  path: string,
  stage: string | undefined,
  { host, project, accounting }: Pick<AccountInput, 'host' | 'project' | 'accounting'>,
): void {
  const unit: Unit = {
    kind: 'file',
    span: wholeFile({ path: path as RepoPath, text: host.read(path) ?? '' }),
    label: path,
  };
  accounting.declare(unit);
  if (stage !== undefined) accounting.consume(unit, stage);
  else if (/\.(?:md|txt|rst)$|(?:^|\/)(?:LICENSE|README)[^/]*$|(?:^|\/)\.[^/]+$/i.test(path))
    accounting.drop(unit, 'documentation', 'it is read by people');
  else if (/\.(?:py|rb|mk)$|(?:^|\/)(?:Makefile|Rakefile)$/.test(path))
    accounting.drop(unit, 'build-script', 'it renders manifests; its settings stand in dig2argo.yaml');
  else if (path.startsWith('rules/')) accounting.consume(unit, 'rules');
  else if (project.templates.includes(path as RepoPath))
    accounting.drop(unit, 'never-launched', 'no step starts this template');
}

/** The manifest that a step starts, and what its launcher read beside it. */
function launchedFiles({ launch }: OperatorTask): readonly string[] {
  return [...(launch?.manifest === undefined ? [] : [launch.manifest]), ...(launch?.files ?? [])];
}
