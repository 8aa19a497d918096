import { type PageAddress, withSettings, writeAddress } from './address.ts';
import { reviewBadge, statusBadge, verdictBadge } from './badges.ts';
import type { JobRow } from './data.ts';
import { element, link } from './dom.ts';
import { type FilterName, filterNames, type SortName, selectRows, valuesOf, worstVerdict } from './filter.ts';
import { filterChoices, type Store } from './store.ts';
import { change, duration, grouped, type Words } from './words.ts';

/** Rows drawn at first, and with each wish for more: a thousand rows at once would make every key press slow. */
const STEP = 50;

const columns: readonly SortName[] = ['job', 'status', 'owner', 'schedule', 'lines', 'findings', 'work', 'review'];

/** The table of jobs with its search and filters. Their state is the address, so that a view can be shared. */
export function jobTable(
  store: Store,
  first: PageAddress,
  go: (to: PageAddress, quiet?: boolean) => void,
): HTMLElement {
  const words = store.words();
  let address = first;
  let limit = STEP;
  const body = element('tbody');
  const count = element('p', { class: 'count', role: 'status' });
  const more = element('button', { type: 'button', class: 'more', click: () => draw(limit + STEP) });
  const head = element('tr');
  const empty = element('p', { class: 'empty' }, words('nothingFound'));
  const clear = element('button', { type: 'button', class: 'plain-button', click: () => reset() }, words('clear'));
  const table = element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words('jobs') },
    element(
      'table',
      { class: 'jobs' },
      element('caption', { class: 'hidden' }, words('jobs')),
      element('thead', {}, head),
      body,
    ),
  );

  const drawn = new Map<string, HTMLElement>();
  /** A row that was drawn for one filter is used again for the next. */
  const rowOf = (row: JobRow): HTMLElement => {
    const made = drawn.get(row.job) ?? tableRow(row, store, words);
    drawn.set(row.job, made);
    return made;
  };

  const draw = (rows: number): void => {
    limit = rows;
    const found = selectRows(store.index.jobs, address.settings, store.reviewOf);
    body.replaceChildren(...found.slice(0, limit).map(rowOf));
    count.textContent = words('shown', { n: found.length, all: store.index.jobs.length });
    more.hidden = found.length <= limit;
    more.textContent = words('showMore', { n: Math.min(STEP, found.length - limit) });
    empty.hidden = found.length > 0;
    table.hidden = found.length === 0;
    clear.hidden = ![...address.settings.keys()].some((name) => name !== 'sort');
    head.replaceChildren(...columns.map((column) => headCell(column, address, words, update)));
  };
  const update = (changes: Readonly<Record<string, string>>): void => {
    address = withSettings(address, changes);
    draw(STEP);
    go(address, true);
  };
  const reset = (): void => {
    const sort = address.settings.get('sort') ?? '';
    address = { ...address, settings: new Map(sort === '' ? [] : [['sort', sort]]) };
    bar.replaceWith(filterBar(store, address, update, clear));
    draw(STEP);
    go(address);
  };
  const bar = filterBar(store, address, update, clear);
  draw(STEP);
  return element('div', { class: 'job-table' }, bar, count, table, empty, more);
}

function filterBar(
  store: Store,
  address: PageAddress,
  onChange: (changes: Readonly<Record<string, string>>) => void,
  clear: HTMLElement,
): HTMLElement {
  const words = store.words();
  const search = element('input', {
    type: 'search',
    id: 'search',
    value: address.settings.get('q') ?? '',
    placeholder: words('searchHint'),
    autocomplete: 'off',
    input: (event) => onChange({ q: inputValue(event) }),
  });
  const fields = filterNames
    .map((name) => filterField(store, name, address, onChange))
    .filter((field) => field !== undefined);
  return element(
    'form',
    { class: 'filters', role: 'search', submit: (event) => event.preventDefault() },
    element('div', { class: 'field grow' }, element('label', { for: 'search' }, words('search')), search),
    ...fields,
    clear,
  );
}

/** A filter that would offer one value or none is left out. */
function filterField(
  store: Store,
  name: FilterName,
  address: PageAddress,
  onChange: (changes: Readonly<Record<string, string>>) => void,
): HTMLElement | undefined {
  const words = store.words();
  const choices = filterChoices(store, name, (row) => valuesOf(row, name, store.reviewOf));
  const chosen = address.settings.get(name) ?? '';
  if (choices.length < 2 && chosen === '') return undefined;
  const options = [['', words('all')] as const, ...choices].map(([value, text]) =>
    element('option', { value, selected: value === chosen }, text),
  );
  return element(
    'div',
    { class: 'field' },
    element('label', { for: `filter-${name}` }, words(`filter.${name}`)),
    element('select', { id: `filter-${name}`, change: (event) => onChange({ [name]: inputValue(event) }) }, ...options),
  );
}

function inputValue(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
    ? target.value
    : '';
}

function headCell(
  column: SortName,
  address: PageAddress,
  words: Words,
  onChange: (changes: Readonly<Record<string, string>>) => void,
): HTMLElement {
  const sort = address.settings.get('sort') ?? 'status';
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : undefined;
  return element(
    'th',
    { scope: 'col', class: `column-${column}`, 'aria-sort': direction },
    element(
      'button',
      {
        type: 'button',
        click: () => {
          onChange({ sort: direction === 'ascending' ? `-${column}` : column });
          document.querySelector<HTMLElement>(`.column-${column} button`)?.focus();
        },
      },
      words(`column.${column}`),
      element(
        'span',
        { class: 'arrow', 'aria-hidden': 'true' },
        direction === undefined ? '' : direction === 'ascending' ? ' ↑' : ' ↓',
      ),
    ),
  );
}

function tableRow(row: JobRow, store: Store, words: Words): HTMLElement {
  const cell = (name: SortName, ...children: readonly (Node | string)[]): HTMLElement =>
    element(
      'td',
      { 'data-label': words(`column.${name}`), class: `column-${name}${children[0] === '–' ? ' none' : ''}` },
      ...children,
    );
  const verdict = worstVerdict(row);
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row', class: 'column-job' },
      link(writeAddress({ view: 'job', job: row.job, settings: new Map() }), {}, row.job),
      element('span', { class: 'quiet environments' }, row.environments.join(' ')),
    ),
    cell('status', statusBadge(row.status, words), ...(verdict === '' ? [] : [' ', verdictBadge(verdict, words)])),
    cell('owner', row.owner === '' ? '–' : row.owner),
    cell('schedule', row.schedule === '' ? '–' : element('code', {}, row.schedule)),
    cell(
      'lines',
      `${grouped(row.lines.before)} → ${grouped(row.lines.after)} `,
      element('span', { class: 'quiet' }, change(row.lines.before, row.lines.after)),
    ),
    cell('findings', findingCounts(row, words)),
    cell(
      'work',
      row.minutes === undefined || row.minutes.p50 === 0 ? '–' : duration(row.minutes.p50, store.language()),
    ),
    cell('review', reviewBadge(store.reviewOf(row), words)),
  );
}

function findingCounts({ findings: [errors, warnings, notes] }: JobRow, words: Words): HTMLElement {
  const parts = [
    ...(errors === 0 ? [] : [`${errors} ${words(errors === 1 ? 'error' : 'errors')}`]),
    ...(warnings === 0 ? [] : [`${warnings} ${words(warnings === 1 ? 'warning' : 'warnings')}`]),
    ...(notes === 0 ? [] : [`${notes} ${words(notes === 1 ? 'info' : 'infos')}`]),
  ];
  return element('span', {}, parts.length === 0 ? words('noFindings') : parts.join(', '));
}
