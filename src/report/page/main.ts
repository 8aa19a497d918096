import { type PageAddress, readAddress, writeAddress } from './address.ts';
import type { PageIndex } from './data.ts';
import { element, link } from './dom.ts';
import { jobView } from './job-view.ts';
import { overview } from './overview.ts';
import { planView } from './plan-view.ts';
import { reviewDialog } from './review-view.ts';
import { createStore, readData, type Store } from './store.ts';

// This page knows better where a view was left.
history.scrollRestoration = 'manual';
const index = readData<PageIndex>('index', new Map());
if (index !== undefined) start(createStore(index));

function start(store: Store): void {
  const app = document.getElementById('app');
  if (app === null) return;
  const main = element('main', { id: 'main', tabindex: -1 });
  const header = element('header');
  let address = readAddress(location.hash);
  /** The list as it was left, and where each view was scrolled to. */
  let list = '#/';
  const places = new Map<string, number>();

  const go = (to: PageAddress, quiet = false): void => {
    address = to;
    if (to.view === 'overview') list = writeAddress(to);
    const hash = writeAddress(to);
    if (quiet) history.replaceState(null, '', hash);
    else if (location.hash === hash) draw(false);
    else location.hash = hash;
  };
  const draw = (moved: boolean, arrived = moved): void => {
    document.documentElement.lang = store.language();
    if (address.view === 'overview') list = writeAddress(address);
    main.replaceChildren(viewOf(arrived));
    drawHeader();
    if (moved) {
      // A list is found again where it was left; a job begins at its top.
      const top = address.view === 'job' ? 0 : (places.get(writeAddress(address)) ?? 0);
      scrollTo({ top, behavior: 'instant' });
      main.focus({ preventScroll: true });
    }
  };
  const viewOf = (arrived: boolean): HTMLElement => {
    switch (address.view) {
      case 'job':
        return jobView(store, address, { go, reviewed: drawHeader, now: clock(address), list, arrived });
      case 'plan':
        return planView(store);
      default:
        return overview(store, address, go);
    }
  };
  const drawHeader = (): void => {
    header.replaceChildren(
      ...headerParts(store, address, {
        language: () => {
          store.setLanguage(store.language() === 'en' ? 'ja' : 'en');
          draw(false);
        },
        save: () => {
          const dialog = reviewDialog(store, drawHeader);
          document.body.append(dialog);
          dialog.showModal();
        },
      }),
    );
  };
  app.append(
    link('#main', { class: 'skip', click: (event) => toMain(event, main) }, store.words()('skip')),
    header,
    main,
  );
  addEventListener('scroll', () => places.set(writeAddress(address), scrollY), { passive: true });
  addEventListener('hashchange', () => {
    const before = address;
    address = readAddress(location.hash);
    draw(before.view !== address.view || before.job !== address.job);
  });
  draw(false, true);
  // The data of a job may stand further down than what has been read yet.
  if (document.readyState === 'loading' && address.view === 'job')
    document.addEventListener('DOMContentLoaded', () => draw(false, true));
}

function toMain(event: Event, main: HTMLElement): void {
  event.preventDefault();
  main.focus();
}

/** `now=2026-03-01T00:00:00Z` in the address shows the calendars of another day. */
function clock({ settings }: PageAddress): number {
  const given = Date.parse(settings.get('now') ?? '');
  return Number.isNaN(given) ? Date.now() : given;
}

function headerParts(
  store: Store,
  address: PageAddress,
  actions: { readonly language: () => void; readonly save: () => void },
): readonly HTMLElement[] {
  const words = store.words();
  const unsaved = store.unsaved().length;
  const tab = (href: string, text: string, here: boolean): HTMLElement =>
    link(href, here ? { 'aria-current': 'page' } : {}, text);
  return [
    link('#/', { class: 'brand' }, 'dig2argo'),
    element(
      'nav',
      { 'aria-label': words('title') },
      tab('#/', words('overview'), address.view === 'overview'),
      tab('#/plan', words('plan'), address.view === 'plan'),
    ),
    element(
      'div',
      { class: 'tools' },
      element(
        'button',
        { type: 'button', class: unsaved > 0 ? 'save unsaved' : 'save', click: actions.save },
        words('reviewSave'),
        unsaved > 0 ? element('span', { class: 'bubble' }, words('reviewUnsaved', { n: unsaved })) : undefined,
      ),
      element('button', { type: 'button', class: 'theme', click: toggleTheme }, words('theme')),
      element(
        'button',
        { type: 'button', class: 'language', lang: store.language() === 'en' ? 'ja' : 'en', click: actions.language },
        words('language'),
      ),
    ),
  ];
}

/** As the system, then the other one, then back. */
function toggleTheme(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  if (root.dataset['theme'] === undefined) root.dataset['theme'] = dark ? 'light' : 'dark';
  else delete root.dataset['theme'];
}
