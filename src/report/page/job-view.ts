import { type PageAddress, withSettings } from './address.ts';
import { statusBadge } from './badges.ts';
import { type CodeView, codeView } from './code-view.ts';
import type { JobPage, JobRow } from './data.ts';
import { codeText, dataTable, element, link } from './dom.ts';
import { findingList } from './finding-list.ts';
import { graphView } from './graph-view.ts';
import type { SidedLine } from './line-map.ts';
import { proofView } from './proof-view.ts';
import { reviewForm } from './review-view.ts';
import { markdownView } from './runbook.ts';
import { scheduleView } from './schedule-view.ts';
import type { Store } from './store.ts';
import { change, duration, grouped, type WordKey } from './words.ts';

interface JobActions {
  readonly go: (to: PageAddress, quiet?: boolean) => void;
  readonly reviewed: () => void;
  /** Where the reader comes from: the list as it was filtered. */
  readonly list: string;
  /** True where the reader has just come to this job; false where it is drawn again, in another language. */
  readonly arrived: boolean;
  readonly now: number;
}

/** The page of one job. */
export function jobView(store: Store, address: PageAddress, actions: JobActions): HTMLElement {
  const words = store.words();
  const at = store.index.jobs.findIndex((row) => row.job === address.job);
  const row = store.index.jobs[at];
  const page = row === undefined ? undefined : store.jobPage(at);
  const back = link(actions.list, { class: 'back' }, `← ${words('back')}`);
  if (row === undefined)
    return element('div', { class: 'view' }, back, element('p', { class: 'empty' }, words('unknownJob')));
  if (page === undefined)
    return element('div', { class: 'view' }, back, element('p', { class: 'empty' }, words('loading')));
  let current = address;
  const code = codeView(page, store, (line) => {
    current = withSettings(current, { side: line.side, file: line.file, line: String(line.line) });
    actions.go(current, true);
  });
  const open = (to: SidedLine): void => {
    code.open(to);
    document.getElementById('section-code')?.scrollIntoView();
  };
  const sections = sectionsOf(row, page, store, code, open, actions.now);
  const view = element(
    'div',
    { class: 'view job-view' },
    back,
    element('h1', {}, row.job, ' ', statusBadge(row.status, words)),
    facts(row, page, store),
    element(
      'nav',
      { class: 'sections', 'aria-label': row.job },
      ...sections.map(([key, id]) =>
        element('a', { href: `#section-${id}`, click: (event) => jump(event, id) }, words(key)),
      ),
    ),
    reviewForm(row, store, actions.reviewed),
    ...sections.map(([key, id, body]) =>
      element(
        'section',
        { id: `section-${id}`, class: 'job-section', tabindex: -1, 'aria-label': words(key) },
        element('h2', {}, words(key)),
        body,
      ),
    ),
  );
  const line = lineOf(address);
  // Lines have a place to scroll to only when the view stands in the page.
  if (line !== undefined)
    requestAnimationFrame(() => {
      if (actions.arrived) document.getElementById('section-code')?.scrollIntoView({ behavior: 'instant' });
      code.open(line);
    });
  return view;
}

/** A link to a section must not replace the address of the view. */
function jump(event: Event, id: string): void {
  event.preventDefault();
  const section = document.getElementById(`section-${id}`);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}

function lineOf({ settings }: PageAddress): SidedLine | undefined {
  const [side, file, line] = [settings.get('side'), settings.get('file'), Number(settings.get('line'))];
  if ((side !== 'legacy' && side !== 'output') || file === undefined || !(line > 0)) return undefined;
  return { side, file, line };
}

function facts(row: JobRow, page: JobPage, store: Store): HTMLElement {
  const words = store.words();
  const list: readonly (readonly [string, string])[] = [
    ['Argo', `${row.name} (${page.kind})`],
    [words('environment'), row.environments.join(', ')],
    ...(row.owner === '' ? [] : [[words('owner'), row.owner] as const]),
    [
      words('lines'),
      `${grouped(row.lines.before)} → ${grouped(row.lines.after)} (${change(row.lines.before, row.lines.after)})`,
    ],
    ['target_date', words(page.backfillable ? 'backfillable' : 'notBackfillable')],
    ...(row.minutes === undefined || row.minutes.p50 === 0
      ? []
      : [
          [
            words('remaining'),
            `${duration(row.minutes.p50, store.language())} – ${duration(row.minutes.p90, store.language())}`,
          ] as const,
        ]),
  ];
  return element(
    'dl',
    { class: 'facts' },
    ...list.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

type Section = readonly [key: WordKey, id: string, body: HTMLElement];

function sectionsOf(
  row: JobRow,
  page: JobPage,
  store: Store,
  code: CodeView,
  open: (to: SidedLine) => void,
  now: number,
): readonly Section[] {
  const words = store.words();
  const graph = graphView(page, store, {
    openTask: (task) => {
      const step = page.steps.find((each) => each.task === task);
      if (step !== undefined) open({ side: 'legacy', file: step.file, line: step.line });
    },
    openTemplate: (template) => {
      const base = page.outputs.find((output) => output.path.endsWith('/workflow.yaml'));
      const line =
        base === undefined ? 0 : base.text.split('\n').findIndex((text) => text.trim() === `- name: ${template}`) + 1;
      if (base !== undefined && line > 0) open({ side: 'output', file: base.path, line });
    },
  });
  return [
    ['findings', 'findings', findingsSection(page, store, (file, line) => open({ side: 'legacy', file, line }))],
    ['graph', 'graph', graph],
    ['code', 'code', code.root],
    ['parameters', 'parameters', parametersSection(row, page, store)],
    ['schedule', 'schedule', scheduleView(page.schedules, store, now)],
    ['proof', 'proof', proofView(page.proof, store)],
    ...(page.launchers.length === 0 ? [] : [['launchers', 'launchers', launchersSection(page, store, open)] as const]),
    ...(page.accepted.length === 0
      ? []
      : [
          [
            'accepted',
            'accepted',
            dataTable(
              [words('acceptedPath'), words('reason'), words('rule')],
              page.accepted.map(({ path, reason, rule }) => [codeText(path), store.say(reason), codeText(rule)]),
              { caption: words('accepted') },
            ),
          ] as const,
        ]),
    ...(page.cutovers.length === 0 ? [] : [['planCutover', 'cutover', switchSection(page, store)] as const]),
    ...(page.gains === undefined ? [] : [['gains', 'gains', gainsSection(page.gains, store)] as const]),
    ...(page.runbook === '' ? [] : [['runbook', 'runbook', markdownView(page.runbook)] as const]),
  ];
}

function findingsSection(page: JobPage, store: Store, open: (file: string, line: number) => void): HTMLElement {
  const words = store.words();
  return element(
    'div',
    {},
    page.manual.length === 0
      ? undefined
      : element(
          'div',
          {},
          element('h3', {}, words('jobTodo')),
          element('ul', { class: 'todo' }, ...page.manual.map((text) => element('li', {}, store.say(text)))),
        ),
    findingList(page.findings, store, open),
    page.decisions.length === 0
      ? undefined
      : element(
          'details',
          {},
          element('summary', {}, words('decisions')),
          element(
            'ul',
            { class: 'plain' },
            ...page.decisions.map(({ policy, text }) => element('li', {}, codeText(policy), `: ${store.say(text)}`)),
          ),
        ),
  );
}

function parametersSection(row: JobRow, page: JobPage, store: Store): HTMLElement {
  const words = store.words();
  if (page.parameters.length === 0) return element('p', { class: 'empty' }, words('parametersNone'));
  return dataTable(
    [words('parameter'), ...row.environments, words('origin')],
    page.parameters.map(({ name, origin, values }) => {
      const shown = row.environments.map((environment) => values[environment] ?? '');
      const differs = new Set(shown).size > 1;
      return [
        element(
          'span',
          {},
          codeText(name),
          differs ? element('span', { class: 'differs' }, ` ${words('differs')}`) : undefined,
        ),
        ...shown.map((value) => (value === '' ? '–' : codeText(value))),
        origin === '' ? words('originOwn') : codeText(origin),
      ];
    }),
    { caption: words('parameters') },
  );
}

function launchersSection(page: JobPage, store: Store, open: (to: SidedLine) => void): HTMLElement {
  const words = store.words();
  return dataTable(
    [words('launcherWhat'), words('launcherFate'), words('launcherFor'), words('rule'), words('source')],
    page.launchers.map(({ what, fate, why, tasks, rule, file, line }) => [
      store.say(what),
      `${fate === 'kept' || fate === 'unnecessary' || fate === 'lost' ? words(`fate.${fate}`) : fate} ${store.say(why)}`,
      tasks.length > 3 ? `${tasks.length} ${words('steps')}` : tasks.join(', '),
      codeText(rule),
      element(
        'button',
        { type: 'button', class: 'place', click: () => open({ side: 'legacy', file, line }) },
        `${file}:${line}`,
      ),
    ]),
    { caption: words('launchers') },
  );
}

function gainsSection(gains: NonNullable<JobPage['gains']>, store: Store): HTMLElement {
  const words = store.words();
  return element(
    'ul',
    { class: 'plain' },
    element('li', {}, words('gainSeconds', { n: Math.round(gains.launcherSeconds) })),
    element('li', {}, words('gainPods', { n: gains.podsSaved })),
    element('li', {}, words('gainLines', { n: gains.linesSaved })),
    ...(gains.failureModes.length === 0
      ? []
      : [
          element(
            'li',
            {},
            `${words('gainFailures')}: `,
            element(
              'ul',
              { class: 'plain' },
              ...gains.failureModes.map(({ what, places }) =>
                element('li', {}, `${grouped(places)} × ${store.say(what)}`),
              ),
            ),
          ),
        ]),
  );
}

function switchSection(page: JobPage, store: Store): HTMLElement {
  const words = store.words();
  return element(
    'div',
    {},
    ...page.cutovers.map(({ environment, state, why, steps }) =>
      element(
        'details',
        {},
        element(
          'summary',
          {},
          store.language() === 'ja'
            ? `${environment}: ${words(`cutover.${state}`)}（${store.say(why)}）`
            : `${environment}: ${words(`cutover.${state}`)} (${store.say(why)})`,
        ),
        element('ol', {}, ...steps.map((step) => element('li', {}, ...withCommands(store.say(step))))),
      ),
    ),
  );
}

/** The commands in a step of a cut-over stand as code. */
function withCommands(step: string): readonly (HTMLElement | string)[] {
  return step
    .split(/(make \w+ ENV=\S+ JOB=\S+|digdag disable <[^>]+> \S+|digdag enable|argo submit)/)
    .map((part, at) => (at % 2 === 1 ? codeText(part) : part));
}
