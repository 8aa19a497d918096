import { element } from './dom.ts';

interface PaneActions {
  /** A line was chosen by pointer or keyboard. */
  readonly choose: (line: number) => void;
  /** Enter: go to the counterpart. */
  readonly follow: () => void;
}

/** One side: a file of which lines can be chosen. Arrow keys move, Enter follows to the other side. */
export interface CodePane {
  readonly root: HTMLElement;
  readonly show: (file: string, text: string, linked: ReadonlySet<number>, notes: ReadonlyMap<number, string>) => void;
  /**
   * Marks one line as chosen, others as its counterparts, and brings the first into view: at the given height of the
   * pane, so that it stands beside the line it belongs to. The answer is the height at which it stands.
   */
  readonly mark: (chosen: number, counterparts: ReadonlySet<number>, height?: number) => number | undefined;
  readonly focus: () => void;
}

export function codePane(id: string, label: string, actions: PaneActions): CodePane {
  let lines: readonly HTMLElement[] = [];
  let current = 0;
  const list = element('div', {
    class: 'lines',
    id,
    role: 'listbox',
    tabindex: 0,
    'aria-label': label,
    click: (event) => {
      const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null;
      if (line !== null) actions.choose(Number(line.dataset['line']));
    },
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent)) return;
      const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 };
      const move = moves[event.key];
      if (event.key === 'Enter') actions.follow();
      else if (move === undefined) return;
      else actions.choose(Math.min(lines.length, Math.max(1, (current === 0 && move > 0 ? 0 : current) + move)));
      event.preventDefault();
    },
  });
  return {
    root: list,
    show: (file, text, linked, notes) => {
      current = 0;
      list.removeAttribute('aria-activedescendant');
      const texts = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
      lines = texts.map((line, at) => {
        const note = notes.get(at + 1);
        return element(
          'div',
          {
            class: `line${linked.has(at + 1) ? ' has-link' : ''}${note === undefined ? '' : ' has-note'}`,
            role: 'option',
            'aria-selected': 'false',
            id: `${id}-${at + 1}`,
            'data-line': at + 1,
            // A line of nothing is read out by its number.
            'aria-label': line.trim() === '' ? String(at + 1) : undefined,
            title: note,
          },
          element('span', { class: 'number', 'aria-hidden': 'true' }, String(at + 1)),
          element('span', { class: 'text' }, line === '' ? ' ' : line),
        );
      });
      list.replaceChildren(...lines);
      list.setAttribute('data-file', file);
      list.scrollTop = 0;
    },
    mark: (chosen, counterparts, height) => {
      current = chosen;
      lines.forEach((line, at) => {
        line.classList.toggle('chosen', at + 1 === chosen);
        line.classList.toggle('counterpart', counterparts.has(at + 1));
        line.setAttribute('aria-selected', String(at + 1 === chosen));
      });
      if (chosen > 0) list.setAttribute('aria-activedescendant', `${id}-${chosen}`);
      const first = chosen > 0 ? chosen : Math.min(...counterparts);
      const line = lines[first - 1];
      return line === undefined ? undefined : bringIntoView(list, line, height);
    },
    focus: () => list.focus({ preventScroll: true }),
  };
}

/** Scrolls the list alone, never the page; the answer is where in the list's window the line stands now. */
function bringIntoView(list: HTMLElement, line: HTMLElement, height: number | undefined): number {
  const top = line.offsetTop;
  if (height !== undefined) list.scrollTop = Math.max(0, top - Math.min(height, list.clientHeight - 48));
  else if (top < list.scrollTop + 24 || top > list.scrollTop + list.clientHeight - 48)
    list.scrollTop = Math.max(0, top - list.clientHeight / 3);
  return top - list.scrollTop;
}
