import { codePane } from './code-pane.ts';
import type { JobPage, PageFile, PageLink, PageStation } from './data.ts';
import { codeText, element } from './dom.ts';
import { lineMap, type SidedLine } from './line-map.ts';
import type { Store } from './store.ts';

/** The two sides of a job, line by line. */
export interface CodeView {
  readonly root: HTMLElement;
  readonly open: (to: SidedLine) => void;
}

/** `choose` is told each line that was chosen, for the address bar. */
export function codeView(page: JobPage, store: Store, choose: (line: SidedLine) => void): CodeView {
  const words = store.words();
  const map = lineMap(page, (file) => store.index.files.indexOf(file));
  const legacyFiles = [...new Set([...page.sources, ...pointedFiles(page, store)])].filter((file) =>
    store.index.files.includes(file),
  );
  const outputs = new Map(page.outputs.map((output) => [output.path, output]));
  let shown = { legacy: '', output: '' };
  let chosen: SidedLine | undefined;

  const fateText = ({ text, by, reason }: PageFile['fates'][number]): string =>
    by === undefined ? text : `${text}: ${store.say(reason ?? '')} (${by})`;
  const show = (side: SidedLine['side'], file: string): void => {
    if (shown[side] === file) return;
    shown = { ...shown, [side]: file };
    if (side === 'output')
      outputPane.show(file, outputs.get(file)?.text ?? '', map.linkedLines('output', file), new Map());
    else {
      const data = store.file(file);
      const notes = new Map((data?.fates ?? []).map((fate) => [fate.line, fateText(fate)]));
      legacyPane.show(file, data?.text ?? '', map.linkedLines('legacy', store.index.files.indexOf(file)), notes);
    }
    const select = side === 'output' ? outputSelect : legacySelect;
    if (select instanceof HTMLSelectElement) select.value = file;
  };
  const open = (to: SidedLine): void => {
    chosen = to;
    show(to.side, to.file);
    const counterparts = counterpartsOf(to);
    const other = to.side === 'legacy' ? 'output' : 'legacy';
    // Stay in the file that is shown where it has a counterpart; else go to the first that has one.
    const target = counterparts.find((each) => each.file === shown[other]) ?? counterparts[0];
    if (target !== undefined) show(other, target.file);
    const lines = new Set(counterparts.flatMap((each) => (each.file === target?.file ? [each.line] : [])));
    const [own, opposite] = to.side === 'legacy' ? [legacyPane, outputPane] : [outputPane, legacyPane];
    opposite.mark(0, lines, own.mark(to.line, new Set()));
    why.replaceChildren(...explanation(to));
    showMarked(panes);
    choose(to);
  };
  const counterpartsOf = ({ side, file, line }: SidedLine): readonly SidedLine[] => {
    if (side === 'legacy')
      return map
        .becameOf(store.index.files.indexOf(file), line)
        .map(({ path, link }) => ({ side: 'output', file: path, line: link[0] }));
    return map.linksAt(file, line).flatMap(([, , source, from, , chain]): readonly SidedLine[] => {
      const places = [
        ...(source < 0 ? [] : [[source, from] as const]),
        ...chain.flatMap(([, , at, atLine]) => (at < 0 ? [] : [[at, atLine] as const])),
      ];
      return places.map(([at, atLine]) => ({ side: 'legacy', file: store.fileAt(at), line: atLine }));
    });
  };
  const follow = (): void => {
    if (chosen === undefined) return;
    const counterparts = counterpartsOf(chosen);
    const other = chosen.side === 'legacy' ? 'output' : 'legacy';
    const target = counterparts.find((each) => each.file === shown[other]) ?? counterparts[0];
    if (target === undefined) return;
    open(target);
    (target.side === 'legacy' ? legacyPane : outputPane).focus();
  };
  const explanation = ({ side, file, line }: SidedLine): readonly HTMLElement[] => {
    const head = element(
      'h3',
      {},
      words(side === 'output' ? 'whyHere' : 'whatBecame'),
      ' ',
      element('span', { class: 'quiet' }, `${file}:${line}`),
    );
    return side === 'output' ? [head, ...whyHere(map.linksAt(file, line))] : [head, ...whatBecame(file, line)];
  };
  const whyHere = (links: readonly PageLink[]): readonly HTMLElement[] => {
    if (links.length === 0) return [element('p', { class: 'empty' }, words('fromConversion'))];
    return links.map(([, pointer, , , , chain]) =>
      element(
        'div',
        { class: 'value' },
        element('p', {}, codeText(pointer === '' ? '/' : pointer)),
        element('ol', { class: 'chain' }, ...chain.map((station) => element('li', {}, ...stationView(station)))),
      ),
    );
  };
  const stationView = ([via, name, at, line]: PageStation): readonly (HTMLElement | string)[] => {
    const file = at < 0 ? '' : store.fileAt(at);
    const text = at < 0 ? '' : (store.file(file)?.text.split('\n')[line - 1]?.trim() ?? '');
    return [
      element('span', { class: 'via' }, viaName(via)),
      ' ',
      ...(name === '' || name === file
        ? []
        : [via === 'default' ? element('span', {}, store.say(name)) : element('code', {}, name), ' ']),
      ...(at < 0 ? [] : [placeButton({ side: 'legacy', file, line }), ' ', element('code', { class: 'quoted' }, text)]),
    ];
  };
  const viaName = (via: string): string => {
    switch (via) {
      case 'source':
      case 'template':
      case 'variable':
      case 'include':
      case 'condition':
      case 'rule':
      case 'default':
        return words(`via.${via}`);
      default:
        return via;
    }
  };
  const whatBecame = (file: string, line: number): readonly HTMLElement[] => {
    const became = map.becameOf(store.index.files.indexOf(file), line);
    const fates = (store.file(file)?.fates ?? []).filter((fate) => fate.line === line);
    const rows = became.map(({ path, link, part }) => {
      const text = outputs.get(path)?.text.split('\n')[link[0] - 1]?.trim() ?? '';
      const rules = [...new Set(link[5].flatMap(([via, name]) => (via === 'rule' ? [name] : [])))];
      return element(
        'li',
        { class: part ? 'part' : undefined },
        placeButton({ side: 'output', file: path, line: link[0] }),
        ' ',
        element('code', { class: 'quoted' }, text),
        rules.length === 0 ? undefined : element('span', { class: 'quiet' }, ` ${rules.join(', ')}`),
      );
    });
    return [
      ...(rows.length === 0 ? [] : [element('ol', { class: 'chain' }, ...rows)]),
      ...(fates.length === 0
        ? []
        : [
            element(
              'ul',
              { class: 'plain' },
              ...fates.map((fate) =>
                element('li', { class: fate.by === undefined ? 'bad' : undefined }, fateText(fate)),
              ),
            ),
          ]),
      ...(rows.length === 0 && fates.length === 0 ? [element('p', { class: 'empty' }, words('becameNothing'))] : []),
    ];
  };
  const placeButton = (to: SidedLine): HTMLElement =>
    element('button', { type: 'button', class: 'place', click: () => open(to) }, `${to.file}:${to.line}`);

  const legacyPane = codePane('legacy-lines', words('legacyFile'), {
    choose: (line) => open({ side: 'legacy', file: shown.legacy, line }),
    follow,
  });
  const outputPane = codePane('output-lines', words('outputFile'), {
    choose: (line) => open({ side: 'output', file: shown.output, line }),
    follow,
  });
  const legacySelect = fileSelect('legacy-file', legacyFiles, (file) => show('legacy', file));
  const outputSelect = fileSelect('output-file', [...outputs.keys()], (file) => show('output', file));
  const why = element(
    'div',
    { class: 'why', 'aria-live': 'polite' },
    element('p', { class: 'empty' }, words('chooseLine')),
  );
  const pane = (id: string, label: string, select: HTMLElement, list: HTMLElement): HTMLElement =>
    element('div', { class: 'pane' }, element('label', { for: id }, label), select, list);
  const panes = element(
    'div',
    { class: 'panes' },
    pane('legacy-file', words('legacyFile'), legacySelect, legacyPane.root),
    pane('output-file', words('outputFile'), outputSelect, outputPane.root),
  );
  const root = element('div', { class: 'code-view' }, element('p', { class: 'quiet' }, words('codeHint')), panes, why);
  const firstLegacy =
    legacyFiles.find((file) => file.endsWith('.dig') && file.includes(`/${store.index.reference}/`)) ?? legacyFiles[0];
  const firstOutput =
    [...outputs.keys()].find((path) => path.endsWith('/base/workflow.yaml')) ?? [...outputs.keys()][0];
  if (firstLegacy !== undefined) show('legacy', firstLegacy);
  if (firstOutput !== undefined) show('output', firstOutput);
  return { root, open };
}

/** Scrolls the page where a marked line is outside of it: on a phone one pane stands below the other. */
function showMarked(panes: HTMLElement): void {
  const hidden = [...panes.querySelectorAll('.chosen, .counterpart')].filter((line, at, all) => {
    // Of several counterparts the first is the one that its pane shows.
    if (line.matches('.counterpart') && all.findIndex((each) => each.matches('.counterpart')) !== at) return false;
    const { top, bottom } = line.getBoundingClientRect();
    return top < 0 || bottom > innerHeight;
  });
  if (hidden.length > 0) panes.scrollIntoView({ block: 'start' });
}

function fileSelect(id: string, files: readonly string[], choose: (file: string) => void): HTMLElement {
  return element(
    'select',
    {
      id,
      change: (event) => {
        if (event.target instanceof HTMLSelectElement) choose(event.target.value);
      },
    },
    ...files.map((file) => element('option', { value: file }, file)),
  );
}

/** Files that values of the job come from without being named as its sources: variables, macros, rules. */
function pointedFiles({ outputs }: JobPage, store: Store): readonly string[] {
  const numbers = new Set(
    outputs.flatMap(({ links }) => links.flatMap(([, , file, , , chain]) => [file, ...chain.map(([, , at]) => at)])),
  );
  return [...numbers]
    .filter((at) => at >= 0)
    .map((at) => store.fileAt(at))
    .sort();
}
