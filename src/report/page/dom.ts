type Child = Node | string | undefined | readonly Child[];

interface Attributes {
  readonly [name: string]: string | number | boolean | undefined | ((event: Event) => void);
}

/** An element. A function is a listener of the event that its attribute names; true is an attribute without a value. */
export function element(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  append(made, children);
  return made;
}

export function svgElement(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  append(made, children);
  return made;
}

function setAttributes(to: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') to.addEventListener(name, value);
    else to.setAttribute(name, value === true ? '' : String(value));
  }
}

function append(to: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === 'string' || child instanceof Node) to.append(child);
    else append(to, child);
  }
}

export function link(href: string, attributes: Attributes, ...children: readonly Child[]): HTMLElement {
  return element('a', { href, ...attributes }, ...children);
}

export function codeText(text: string): HTMLElement {
  return element('code', {}, text);
}

interface TableOptions {
  readonly caption: string;
  readonly className?: string;
}

/** A table that scrolls sideways in itself where it is too wide, and can be reached by keyboard to do so. */
export function dataTable(
  head: readonly (string | HTMLElement)[],
  rows: readonly (readonly Child[])[],
  { caption, className }: TableOptions,
): HTMLElement {
  const cells = (row: readonly Child[]): readonly HTMLElement[] =>
    row.map((cell, at) =>
      at === 0
        ? element('th', { scope: 'row' }, cell)
        : element('td', { class: typeof cell === 'string' && cell.length > 16 ? 'prose' : undefined }, cell),
    );
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      { class: className ?? 'data' },
      element('caption', { class: 'hidden' }, caption),
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row)))),
    ),
  );
}
