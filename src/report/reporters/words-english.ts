import { sentence } from './markdown-text.ts';
import type { ReportWords } from './words.ts';

export const english: ReportWords = {
  say: (text) => text,
  told: ({ message, hint }) => ({ message, ...(hint === undefined ? {} : { hint }) }),
  sentence,
  listed: (items) => items.join(', '),
  reasons: (items) => items.join('; '),
  status: { converted: 'converted', 'to-confirm': 'decisions to confirm', 'needs-work': '**needs work**' },
  severity: { error: '**error**', warning: '**warning**', info: 'note' },
  findings: (severity, count) => counted(count, { error: 'error', warning: 'warning', info: 'note' }[severity]),
  verdict: (kind) => kind.replace('-', ' '),
  counts: (parts) => parts.map(([count, kind]) => `${count} ${kind}`).join(', '),
  start: ({ sessionTime, scheduledTime, targetDate }) => {
    if (targetDate !== undefined) return `target_date=${targetDate}`;
    return scheduledTime === undefined
      ? `session ${sessionTime}, by hand`
      : `session ${sessionTime}, fired ${scheduledTime}`;
  },
  minutes: (minutes) => (minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 6) / 10} h`),
  more: (count) => ` and ${count} more`,
  morePlaces: (count) => ` and ${count} more places`,
  where: (environments) => ` (${environments.join(', ')})`,
  at: (places) => `, at ${places}`,
  title: 'Migration report',
  lead: (jobs, environments, { converted, toConfirm, needsWork }) =>
    `${jobs} jobs in ${environments.join(', ')}: ${converted} converted, ${toConfirm} with decisions to confirm, ${needsWork} need work.`,
  lineHead: ['lines', 'before', 'after', 'change', 'after, in block style throughout', 'change'],
  allEnvironments: 'all environments',
  alone: (environment) => `${environment} alone`,
  lineNote:
    'Before: rendered manifests and .dig files of the legacy platform. After: all YAML below `cron/`, `workflows/` and `templates/`; the last two columns count the same files with nothing in flow style.',
  sections: {
    baseline: 'Since the baseline',
    jobs: 'Jobs',
    manual: 'To do by hand',
    forecast: 'Forecast',
    plan: 'Which jobs first',
    decisions: 'Decisions to confirm',
    families: 'Families',
    accounting: 'Accounting',
    constructs: 'What the legacy tree uses',
    rules: 'Rules',
    general: 'Findings that belong to no job',
    findings: 'Findings',
    steps: 'Steps',
    schedule: 'Schedule',
    parameters: 'Parameters',
    launchers: 'What the launchers did',
    accepted: 'Accepted differences',
    proof: 'Proof',
    files: 'Files',
  },
  jobHead: ['job', 'status', 'environments', 'legacy schedule', 'lines', 'findings'],
  baseline: {
    worse: '**worse**',
    better: 'better',
    added: 'new',
    removed: 'gone',
    newFindings: 'new findings',
    solvedFindings: 'solved findings',
    none: 'Nothing changed.',
    finding: (count, code, job) => `${count} × ${code} in ${job}`,
  },
  accounting: (consumed, dropped, left) =>
    `Of the keys, values, tags, variables, commands and files of the legacy tree, ${consumed} were converted, ${dropped} dropped by a rule, **${left} unaccounted**.`,
  droppedHead: ['dropped by', 'count', 'because'],
  unaccounted: 'Unaccounted:',
  unaccountedItem: (kind, label, place) => `${kind} ${label} at ${place}`,
  replacedRules: 'Replaced:',
  ruleReplaced: (text) => text,
  idleOwn: (rules) => `Your rules that took no part here: ${rules}.`,
  idleOthers: (count) => `Rules of the package that took no part: ${count}.`,
  noWork: 'No work is left.',
  work: (p50, p90) => `About ${p50}, in nine of ten cases at most ${p90}.`,
  workHead: ['work', 'count', 'likely', 'at most'],
  shared: (count, shared) => `${count} (${shared} done with another)`,
  gained: (seconds, pods, lines) =>
    `Gained in one run of every job: ${seconds} s of launcher work, ${pods} launcher starts; ${lines} lines fewer to maintain.`,
  failures: 'Ways to fail that are gone:',
  figures: (rules) => `Figures: ${rules}; replace one by a rule of the same id.`,
  planHead: ['', 'jobs that move together', 'risk', 'because', 'ready in'],
  group: { known: 'known', 'needs-decision': 'needs a decision', unknown: '**unknown**' },
  constructHead: ['what', '', 'count', 'jobs', 'first at'],
  facts: { status: 'status', environments: 'environments', lines: 'lines', pastDates: 'past dates' },
  backfillable: 'can be run with `target_date`',
  notBackfillable: '**not backfillable**: a program asks the clock',
  stepHead: ['legacy task', 'what it is', 'Argo template', 'rules', 'source'],
  scheduleHead: ['environment', 'Digdag', 'Argo', 'time zone', 'suspended', 'what changed'],
  noSchedule: 'none',
  yes: 'yes',
  no: 'no',
  parameterHead: (environments) => ['parameter', ...environments, 'from'],
  ownOrigin: 'the conversion itself',
  launcherHead: ['what', 'what became of it', 'for', 'rule', 'source'],
  fate: { kept: 'kept as', unnecessary: 'no longer needed:', lost: '**lost**:' },
  like: (count) => ` (and ${count} like it)`,
  tasks: (count) => `${count} tasks`,
  acceptedHead: ['in the legacy pod', 'why it is gone or different', 'rule'],
  fromFile: (file) => `from ${file}`,
  toFile: (file) => `to ${file}`,
  todo: 'What to do',
  inOutput: 'In the output',
  see: (place, note) => `See ${place}: ${note}`,
  proofLead:
    'What `dig2argo verify` found when it compared what both sides start; a conversion keeps it until something changes that it was made from.',
  proofHead: ['environment', 'sessions', 'schedule'],
  scheduleProof: { proved: 'fires equal', none: 'none', differs: 'differs', open: 'not compared' },
  limits: 'Not part of any verdict:',
  holds: (jobs) => `; it also runs ${jobs.join(', ')}`,
  heldBy: (job) => `, the one of ${job}: it has the schedules of both`,
  noFamilies: (jobs) => `No near-identical jobs or steps found among ${counted(jobs, 'job')}.`,
  familyOverview: ({ jobs, workflows, joined, joinedJobs, thin, templates, steps, before, after }) => {
    const details = [
      ...(joined === 0 ? [] : [`${joined} with the schedules of several (${counted(joinedJobs, 'job')})`]),
      ...(thin === 0 ? [] : [`${thin} nothing but values for a shared one`]),
    ];
    const which = details.length === 0 ? '' : ` (${details.join(', ')})`;
    const called = steps === 0 ? '' : `, which ${counted(steps, 'step')} call${steps === 1 ? 's' : ''}`;
    return `${counted(jobs, 'job')} → ${counted(workflows, 'workflow')}${which} and ${counted(templates, 'shared template')}${called}. Lines of what they replace: ${before} → ${after}.`;
  },
  family: (members, kind, common, before, after) =>
    kind === 'schedules'
      ? `${members} workflows that are the same but for their schedules: one CronWorkflow runs them all, ${before} → ${after} lines.`
      : `${members} ${kind === 'workflow' ? 'whole workflows' : 'steps'}, ${common} facts in common, ${before} → ${after} lines.`,
  familyOrigin: {
    'one-manifest': 'They start the same manifest.',
    alike: 'They start different manifests that say nearly the same.',
  },
  familyTemplate: (path, kind) => `${kind === 'schedules' ? 'CronWorkflow' : 'Template'}: ${path}.`,
  familyHead: (names) => ['parameter', 'what', ...names],
  notInFamily: 'not in it',
  apartTitle: 'Alike, but no family',
  beside: (job, other) => `${job} beside ${other}`,
  firstAt: (place) => `first at ${place}`,
  nothing: 'nothing',
};

/** `1 job`, `2 jobs`. */
function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
