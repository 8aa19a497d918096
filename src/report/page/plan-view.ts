import { writeAddress } from './address.ts';
import { dataTable, element, link } from './dom.ts';
import type { Store } from './store.ts';
import { duration, grouped } from './words.ts';

/** Which jobs first, what the legacy tree uses, what is left to do, and the switch of each environment. */
export function planView(store: Store): HTMLElement {
  const words = store.words();
  const { plan, forecast } = store.index;
  return element(
    'div',
    { class: 'view' },
    element('h1', {}, words('plan')),
    plan === undefined && forecast === undefined ? element('p', { class: 'empty' }, words('planNone')) : undefined,
    forecast === undefined ? undefined : workSection(store, forecast),
    plan === undefined ? undefined : orderSection(store, plan),
    plan === undefined || plan.cutovers.length === 0 ? undefined : cutoverSection(store, plan),
    forecast === undefined ? undefined : constructSection(store, forecast),
  );
}

function jobLink(job: string): HTMLElement {
  return link(writeAddress({ view: 'job', job, settings: new Map() }), {}, job);
}

function workSection(store: Store, { minutes, kinds }: NonNullable<Store['index']['forecast']>): HTMLElement {
  const words = store.words();
  const language = store.language();
  if (kinds.length === 0)
    return element(
      'section',
      {},
      element('h2', {}, words('remaining')),
      element('p', { class: 'empty' }, words('remainingNone')),
    );
  return element(
    'section',
    {},
    element('h2', {}, words('remaining')),
    element(
      'p',
      {},
      words('remainingText', { p50: duration(minutes.p50, language), p90: duration(minutes.p90, language) }),
    ),
    dataTable(
      [words('kind'), words('count'), 'P50', 'P90', ''],
      kinds.map(({ title, count, minutes: each, shared }) => [
        store.say(title),
        grouped(count),
        duration(each.p50, language),
        duration(each.p90, language),
        shared === 0 ? '' : words('sharedText', { n: shared }),
      ]),
      { caption: words('remaining') },
    ),
  );
}

function orderSection(store: Store, { groups }: NonNullable<Store['index']['plan']>): HTMLElement {
  const words = store.words();
  return element(
    'section',
    {},
    element('h2', {}, words('planOrder')),
    element('p', { class: 'quiet' }, words('planOrderText')),
    dataTable(
      ['#', words('jobs'), words('risk'), words('because')],
      groups.map(({ order, jobs, risk, because }) => [
        String(order),
        element('span', {}, ...jobs.flatMap((job, at) => (at === 0 ? [jobLink(job)] : [', ', jobLink(job)]))),
        String(risk),
        because.map(store.say).join(store.language() === 'ja' ? '、' : '; '),
      ]),
      { caption: words('planOrder') },
    ),
  );
}

function cutoverSection(store: Store, { cutovers }: NonNullable<Store['index']['plan']>): HTMLElement {
  const words = store.words();
  const environments = store.index.environments.filter((environment) =>
    cutovers.some((each) => each.environment === environment),
  );
  return element(
    'section',
    {},
    element('h2', {}, words('planCutover')),
    ...environments.map((environment) =>
      element(
        'details',
        { open: environment === environments[0] },
        element('summary', {}, environment),
        dataTable(
          [words('job'), words('column.status'), words('because')],
          cutovers
            .filter((each) => each.environment === environment)
            .map(({ job, state, why }) => [jobLink(job), words(`cutover.${state}`), store.say(why)]),
          { caption: `${words('planCutover')} ${environment}` },
        ),
      ),
    ),
  );
}

function constructSection(store: Store, { constructs }: NonNullable<Store['index']['forecast']>): HTMLElement {
  const words = store.words();
  return element(
    'section',
    {},
    element('h2', {}, words('constructs')),
    dataTable(
      [words('kind'), words('column.status'), words('count'), words('jobs')],
      constructs.map(({ what, group, count, jobs }) => [
        store.say(what),
        words(`group.${group}`),
        grouped(count),
        grouped(jobs),
      ]),
      { caption: words('constructs') },
    ),
  );
}
