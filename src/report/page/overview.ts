import type { PageAddress } from './address.ts';
import { writeAddress } from './address.ts';
import { statusBadge, verdictBadge } from './badges.ts';
import type { JobRow, VerdictKind } from './data.ts';
import { dataTable, element, link } from './dom.ts';
import { findingList } from './finding-list.ts';
import { jobTable } from './job-table.ts';
import type { Store } from './store.ts';
import { change, duration, grouped } from './words.ts';

const statuses = ['needs-work', 'to-confirm', 'converted'] as const;
const verdicts: readonly VerdictKind[] = ['differs', 'not-provable', 'proved-given', 'observed', 'proved'];

/** What a reviewer sees first: the figures, then every job. */
export function overview(
  store: Store,
  address: PageAddress,
  go: (to: PageAddress, quiet?: boolean) => void,
): HTMLElement {
  const { index } = store;
  const words = store.words();
  return element(
    'div',
    { class: 'view' },
    element('h1', {}, words('title')),
    element(
      'p',
      { class: 'lead' },
      words('jobsIn', { n: index.jobs.length, environments: index.environments.join(', ') }),
    ),
    index.jobs.length === 0 ? element('p', { class: 'empty' }, words('noJobs')) : statusBar(store),
    baseline(store),
    element('div', { class: 'cards' }, ...cards(store)),
    index.jobs.length === 0 ? undefined : element('h2', { id: 'jobs' }, words('jobs')),
    index.jobs.length === 0 ? undefined : jobTable(store, address, go),
    index.findings.length === 0
      ? undefined
      : element('section', {}, element('h2', {}, words('generalFindings')), findingList(index.findings, store)),
  );
}

function statusBar(store: Store): HTMLElement {
  const words = store.words();
  const { counts, jobs } = store.index;
  const present = statuses.filter((status) => counts[status] > 0);
  const parts = present.map((status) => {
    const part = element('span', { class: `bar-part status-${status}` });
    part.style.flexGrow = String(counts[status]);
    return part;
  });
  return element(
    'div',
    { class: 'status-bar' },
    element('div', { class: 'bar', 'aria-hidden': 'true' }, ...parts),
    element(
      'ul',
      { class: 'legend' },
      ...statuses.map((status) =>
        element(
          'li',
          { title: words(`statusHelp.${status}`) },
          link(
            writeAddress({ view: 'overview', job: '', settings: new Map([['status', status]]) }),
            {},
            element('strong', {}, grouped(counts[status])),
            ' ',
            statusBadge(status, words),
            element(
              'span',
              { class: 'percent' },
              ` ${jobs.length === 0 ? 0 : Math.round((counts[status] / jobs.length) * 100)} %`,
            ),
          ),
        ),
      ),
    ),
  );
}

function cards(store: Store): readonly HTMLElement[] {
  return [
    linesCard(store),
    proofCard(store),
    workCard(store),
    reviewCard(store),
    accountingCard(store),
    familiesCard(store),
  ];
}

function card(title: string, ...children: readonly (HTMLElement | string | undefined)[]): HTMLElement {
  return element('section', { class: 'card' }, element('h2', {}, title), ...children);
}

function linesCard(store: Store): HTMLElement {
  const words = store.words();
  const { lines, referenceLines, reference } = store.index;
  const meter = (name: string, count: number, whole: number): HTMLElement => {
    const fill = element('span', { class: `meter-fill meter-${name}` });
    fill.style.width = `${whole === 0 ? 0 : Math.max(1, (count / whole) * 100)}%`;
    return element(
      'div',
      { class: 'meter-row' },
      element('span', { class: 'meter-name' }, words(name === 'before' ? 'linesBefore' : 'linesAfter')),
      element('span', { class: 'meter', 'aria-hidden': 'true' }, fill),
      element('span', { class: 'meter-count' }, grouped(count)),
    );
  };
  const whole = Math.max(lines.before, lines.after);
  return card(
    words('lines'),
    element('p', { class: 'figure' }, change(lines.before, lines.after)),
    meter('before', lines.before, whole),
    meter('after', lines.after, whole),
    reference === ''
      ? undefined
      : element(
          'p',
          { class: 'quiet' },
          `${words('linesOf', { environment: reference })}: ${grouped(referenceLines.before)} → ${grouped(referenceLines.after)} (${change(referenceLines.before, referenceLines.after)})`,
        ),
  );
}

function proofCard(store: Store): HTMLElement {
  const words = store.words();
  const { environments, jobs } = store.index;
  const count = (environment: string, verdict: VerdictKind): number =>
    jobs.filter((row) => row.verdicts[environment] === verdict).length;
  const present = verdicts.filter((verdict) => environments.some((environment) => count(environment, verdict) > 0));
  if (present.length === 0) return card(words('verification'), element('p', { class: 'empty' }, words('verifyNone')));
  return card(
    words('verification'),
    dataTable(
      [words('environment'), ...present.map((verdict) => verdictBadge(verdict, words))],
      environments.map((environment) => [
        environment,
        ...present.map((verdict) =>
          count(environment, verdict) === 0
            ? '–'
            : element('strong', { class: `verdict-count verdict-${verdict}` }, grouped(count(environment, verdict))),
        ),
      ]),
      { caption: words('verification'), className: 'data small' },
    ),
  );
}

function workCard(store: Store): HTMLElement {
  const words = store.words();
  const language = store.language();
  const { forecast } = store.index;
  if (forecast === undefined || forecast.minutes.p90 === 0)
    return card(words('remaining'), element('p', { class: 'empty' }, words('remainingNone')));
  const { minutes, kinds } = forecast;
  return card(
    words('remaining'),
    element('p', { class: 'figure' }, duration(minutes.p50, language)),
    element(
      'p',
      { class: 'quiet' },
      words('remainingText', { p50: duration(minutes.p50, language), p90: duration(minutes.p90, language) }),
    ),
    element(
      'ul',
      { class: 'plain' },
      ...kinds
        .slice(0, 4)
        .map(({ title, count, minutes: each }) =>
          element('li', {}, `${grouped(count)} × ${store.say(title)}: ${duration(each.p50, language)}`),
        ),
    ),
    link('#/plan', {}, words('plan')),
  );
}

function reviewCard(store: Store): HTMLElement {
  const words = store.words();
  const { jobs } = store.index;
  const of = (state: string): readonly JobRow[] => jobs.filter((row) => store.reviewOf(row) === state);
  const accepted = of('accepted').length;
  const list = (['question', 'changed'] as const).filter((state) => of(state).length > 0);
  return card(
    words('reviewed'),
    element('p', { class: 'figure' }, `${jobs.length === 0 ? 0 : Math.round((accepted / jobs.length) * 100)} %`),
    element('p', { class: 'quiet' }, words('reviewedText', { n: accepted, all: jobs.length })),
    ...list.map((state) =>
      link(
        writeAddress({ view: 'overview', job: '', settings: new Map([['review', state]]) }),
        {},
        `${of(state).length} × ${words(`review.${state}`)}`,
      ),
    ),
  );
}

function accountingCard(store: Store): HTMLElement {
  const words = store.words();
  const { accounting, unaccounted } = store.index;
  return card(
    words('accounting'),
    element(
      'p',
      { class: accounting.unaccounted === 0 ? 'figure good' : 'figure bad' },
      accounting.unaccounted === 0 ? words('accountingNone') : words('accountingLeft', { n: accounting.unaccounted }),
    ),
    element(
      'p',
      { class: 'quiet' },
      words('accountingText', { consumed: accounting.consumed, dropped: accounting.dropped }),
    ),
    unaccounted.length === 0
      ? undefined
      : element(
          'ul',
          { class: 'plain' },
          ...unaccounted.slice(0, 8).map(({ text, file, line }) => element('li', {}, `${text} (${file}:${line})`)),
        ),
  );
}

function familiesCard(store: Store): HTMLElement {
  const words = store.words();
  const { families, forecast } = store.index;
  const gains = forecast?.gains;
  if (families !== undefined && families.length > 0)
    return card(
      words('families'),
      element('p', { class: 'figure' }, String(families.length)),
      element(
        'ul',
        { class: 'plain' },
        ...families
          .slice(0, 6)
          .map(({ title, members, parameters, lines }) =>
            element(
              'li',
              { title: members.join(', ') },
              `${title}: ${words('familyText', { members: members.length, parameters, before: lines.before, after: lines.after })}`,
            ),
          ),
      ),
    );
  if (gains === undefined) return card(words('families'), element('p', { class: 'empty' }, words('familiesNone')));
  return card(
    words('gains'),
    element(
      'ul',
      { class: 'plain' },
      element('li', {}, words('gainSeconds', { n: Math.round(gains.launcherSeconds) })),
      element('li', {}, words('gainPods', { n: gains.podsSaved })),
      element('li', {}, words('gainLines', { n: gains.linesSaved })),
      ...gains.failureModes
        .slice(0, 3)
        .map(({ what, places }) => element('li', {}, `${grouped(places)} × ${store.say(what)}`)),
    ),
    element('p', { class: 'quiet' }, `${words('families')}: ${words('familiesNone')}`),
  );
}

function baseline(store: Store): HTMLElement | undefined {
  const { baseline: changes } = store.index;
  if (changes === undefined) return undefined;
  const words = store.words();
  const jobLink = (job: string): HTMLElement => link(writeAddress({ view: 'job', job, settings: new Map() }), {}, job);
  const items = [
    ...changes.worse.map(({ job, why }) =>
      element('li', {}, `${words('baselineWorse')}: `, jobLink(job), `: ${why.map(store.say).join('; ')}`),
    ),
    ...changes.better.map(({ job, why }) =>
      element('li', {}, `${words('baselineBetter')}: `, jobLink(job), `: ${why.map(store.say).join('; ')}`),
    ),
    ...changes.added.map((job) => element('li', {}, `${words('baselineNew')}: `, jobLink(job))),
    ...changes.removed.map((job) => element('li', {}, `${words('baselineGone')}: ${job}`)),
  ];
  return element(
    'section',
    { class: 'card wide' },
    element('h2', {}, words('baseline')),
    items.length === 0
      ? element('p', { class: 'empty' }, words('baselineNone'))
      : element('ul', { class: 'plain' }, ...items),
  );
}
