/** What the address bar says after `#`: a view and its settings, so that a view can be shared. */
export interface PageAddress {
  readonly view: 'overview' | 'plan' | 'job';
  /** Name of the job, for its page. */
  readonly job: string;
  /** Filters, sorting, the file and line shown. */
  readonly settings: ReadonlyMap<string, string>;
}

export function readAddress(hash: string): PageAddress {
  const text = hash.replace(/^#\/?/, '');
  const question = text.indexOf('?');
  const path = question < 0 ? text : text.slice(0, question);
  const settings = new Map(new URLSearchParams(question < 0 ? '' : text.slice(question + 1)));
  const [view = '', ...rest] = path.split('/');
  if (view === 'job') return { view: 'job', job: decoded(rest.join('/')), settings };
  return { view: view === 'plan' ? 'plan' : 'overview', job: '', settings };
}

export function writeAddress({ view, job, settings }: PageAddress): string {
  const path = view === 'job' ? `job/${encodeURIComponent(job)}` : view === 'plan' ? 'plan' : '';
  const kept = [...settings].filter(([, value]) => value !== '');
  const query = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, value])).toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** The address with some settings changed; an empty value removes one. */
export function withSettings(address: PageAddress, changes: Readonly<Record<string, string>>): PageAddress {
  const settings = new Map(address.settings);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') settings.delete(name);
    else settings.set(name, value);
  }
  return { ...address, settings };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
