import type { Services } from '../../src/cli/services.ts';
import { DiagnosticList, diagnose } from '../../src/core/diagnose.ts';
import { repoPath } from '../../src/core/source.ts';
import type { OutputFile } from '../../src/emit/types.ts';
import { inspectProject } from '../../src/pipeline/inspect.ts';
import type { Conversion } from '../../src/pipeline/types.ts';
import type { Report } from '../../src/report/types.ts';

/** A pipeline that looks at the tree as the real one does, and makes one small file of each workflow. */
export const stubServices: Services = {
  dedup: async () => ({ found: { jobs: 0, families: [], apart: [] }, diagnostics: [], source: () => undefined }),
  inspect: inspectProject,
  lint: () => [],
  diff: async () => undefined,
  diffTemplate: async () => undefined,
  verify: async () => ({ from: '2026-11-24T00:00:00Z', workflowDefaults: 'platform/overlays', jobs: [] }),
  testRules: async () => ({ results: [], diagnostics: [] }),
  explainRules: async () => ({ steps: [], diagnostics: [] }),
  convert: async (host, options): Promise<Conversion> => {
    const sink = new DiagnosticList();
    const { project } = inspectProject(host, sink);
    const workflows = project?.environments.flatMap((environment) => environment.workflows) ?? [];
    const jobs = [...new Set(workflows.map((path) => path.slice(path.lastIndexOf('/') + 1, -4)))]
      .filter((job) => options.jobs?.includes(job) ?? true)
      .sort();
    for (const path of workflows) {
      if (host.read(path)?.includes('broken') === true)
        sink.add(diagnose('DIG_INCLUDE_MISSING', { path: 'x.dig' }, { job: 'x' }));
    }
    const report = stubReport(jobs, project?.environments.map((environment) => environment.name) ?? []);
    const files: readonly OutputFile[] = jobs.map((job) => ({
      path: `cron/${job}/base/workflow.yaml`,
      text: `name: ${job}\n`,
      origins: new Map(),
      job,
    }));
    const reports = [
      { path: 'reports/report.json', text: `${JSON.stringify(report, undefined, 2)}\n`, origins: new Map() },
      { path: 'reports/summary.md', text: '# Summary\n', origins: new Map() },
    ];
    const source: Conversion['source'] = (path) => {
      const text = host.read(path);
      return text === undefined ? undefined : { path: repoPath(path), text };
    };
    return {
      files: [...files, ...reports],
      report,
      diagnostics: sink.sorted(),
      units: [],
      source,
      manualJobs: [],
      configurationBroken: project === undefined,
    };
  },
};

function stubReport(jobs: readonly string[], environments: readonly string[]): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'dig2argo', version: '0' },
    inputs: [],
    environments,
    jobs: { converted: jobs.length, toConfirm: 0, needsWork: 0 },
    accounting: { consumed: 1234, dropped: [{ rule: 'r', reason: 'why', count: 2 }], unaccounted: [] },
    lines: {
      all: { before: 1600, after: 300, afterInBlockStyle: 600 },
      reference: { before: 800, after: 200, afterInBlockStyle: 400, environment: 'prd' },
    },
    rules: { replaced: [], unused: [], unusedOfPackage: 0 },
    details: jobs.map((job) => ({
      job,
      name: job,
      kind: 'CronWorkflow',
      status: 'converted',
      environments,
      sources: [],
      outputs: [],
      fingerprint: '',
      steps: [],
      schedules: [],
      parameters: [],
      launchers: [],
      accepted: [],
      decisions: [],
      manual: [],
      backfillable: true,
      diagnostics: [],
      lines: { before: 1600, after: 300, afterInBlockStyle: 600 },
      proof: [],
    })),
    diagnostics: [],
  };
}
