import { diffArrays } from 'diff';

/** One line beside another; a side is absent where the other alone has the line. */
export interface Row {
  readonly left?: string;
  readonly right?: string;
  readonly equal: boolean;
}

/** Two texts line by line: equal lines stand beside each other, changed ones too as far as they go. */
export function align(left: string, right: string): readonly Row[] {
  const rows: Row[] = [];
  let removed: readonly string[] = [];
  const flush = (added: readonly string[]): void => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      const [mine, theirs] = [removed[at], added[at]];
      rows.push({
        ...(mine === undefined ? {} : { left: mine }),
        ...(theirs === undefined ? {} : { right: theirs }),
        equal: false,
      });
    }
    removed = [];
  };
  for (const change of diffArrays(linesOf(left), linesOf(right))) {
    if (change.removed) removed = change.value;
    else if (change.added) flush(change.value);
    else {
      flush([]);
      rows.push(...change.value.map((line) => ({ left: line, right: line, equal: true })));
    }
  }
  flush([]);
  return rows;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

export type Block =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'equal'; readonly count: number };

/** Rows with what is equal over more than a few lines folded away. */
export function folded(rows: readonly Row[], context: number): readonly Block[] {
  const near = rows.map((_, at) => rows.slice(Math.max(0, at - context), at + context + 1).some((row) => !row.equal));
  const blocks: Block[] = [];
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end < rows.length && near[end] === near[at]) end += 1;
    if (near[at] === true) blocks.push({ kind: 'rows', rows: rows.slice(at, end) });
    else blocks.push({ kind: 'equal', count: end - at });
    at = end;
  }
  return blocks;
}
