import type { Host } from '../core/host.ts';
import { sortedBy } from '../core/order.ts';
import { familyDocument } from '../dedup/family-document.ts';
import { type SharedFile, sharedFileDocument } from '../dedup/shared-file.ts';
import type { Family } from '../dedup/types.ts';
import type { EmitInput, Language, SharedTemplate } from '../emit/emit-input.ts';
import { majorityLanguage } from '../emit/language.ts';
import type { AcceptedDifference } from '../rules/types.ts';
import type { ConvertedPlatform } from './convert-platform.ts';
import type { ConvertOptions } from './types.ts';
import { webhookSecret } from './webhook-secret.ts';

/** What emit needs to know beside the jobs. */
export function emitInput(platform: ConvertedPlatform, options: ConvertOptions, host: Host): EmitInput {
  const { config } = platform.project;
  const manual = new Set(
    Object.entries(config.jobs).flatMap(([job, settings]) => (settings.manual === true ? [job] : [])),
  );
  const archive = platform.policies.values.get('archiveLogs');
  const podGC = platform.policies.values.get('podGC');
  return {
    jobs: platform.jobs.filter((job) => job.heldBy === undefined && !manual.has(job.job)),
    podDefaults: platform.podDefaults,
    environments: platform.project.environments.map((environment) => environment.name),
    reference: platform.project.reference,
    language: options.lang ?? legacyLanguage(platform, host),
    cutover: config.cutover,
    clusters: config.clusters,
    namespaces: config.namespaces,
    links: config.links,
    webhook: webhookSecret(config.worker),
    workerSecrets: Object.entries(config.worker.env).flatMap(([variable, source]) =>
      'secret' in source ? [{ variable, secret: source.secret, key: source.key }] : [],
    ),
    policies: { podGC: typeof podGC === 'string' ? podGC : 'OnPodSuccess', archiveLogs: archive === true },
    decisions: platform.policies.decisions,
    shared: new Map([
      ...(platform.dedup?.families ?? []).map((family) => [family.name, familyTemplate(family, platform)] as const),
      ...platform.calledFiles.map((file) => [file.name, calledTemplate(file, platform)] as const),
    ]),
  };
}

/** A family's template, and what rules changed on purpose in its members' pods: the family's template stands for theirs. */
function familyTemplate(family: Family, platform: ConvertedPlatform): SharedTemplate {
  const accepted = family.forms.flatMap((form) =>
    form.members.flatMap((member) => {
      const job = platform.jobs.find((each) => each.job === member.job);
      const all = [...(job?.converted.values() ?? [])].flatMap((workflow) => workflow.facts.accepted);
      if (family.level === 'workflow') return all;
      return all
        .filter((each) => each.template === undefined || each.template === member.template)
        .map((each) => ({ ...each, template: form.name }));
    }),
  );
  return { document: familyDocument(family), accepted: distinct(accepted) };
}

function calledTemplate(file: SharedFile, platform: ConvertedPlatform): SharedTemplate {
  const accepted = file.parts.flatMap((part) =>
    [...part.names].flatMap(([environment, names]) => {
      const job = platform.jobs.find((each) => each.job === part.member.job);
      return (job?.converted.get(environment)?.facts.accepted ?? []).flatMap((each): AcceptedDifference[] => {
        const name = each.template === undefined ? undefined : file.templates[names.indexOf(each.template)]?.[0];
        return name === undefined ? [] : [{ ...each, template: name }];
      });
    }),
  );
  return { document: sharedFileDocument(file), accepted: distinct(accepted) };
}

function distinct(accepted: readonly AcceptedDifference[]): readonly AcceptedDifference[] {
  const byKey = new Map(
    accepted.map((each) => [JSON.stringify([each.template, each.path, each.rule, each.reason]), each]),
  );
  return sortedBy(byKey, ([key]) => key).map(([, each]) => each);
}

/** The language of most comment lines in the .dig files and scripts. */
function legacyLanguage(platform: ConvertedPlatform, host: Host): Language {
  const files = new Set<string>();
  for (const read of platform.read) for (const loaded of read.loaded) for (const file of loaded.files) files.add(file);
  for (const script of platform.project.scripts) files.add(script);
  return majorityLanguage([...files].map((file) => host.read(file) ?? ''));
}
