const BEGIN = '<!-- notes: yours, kept on every run -->';
const END = '<!-- /notes -->';

/** A text with the section that belongs to its readers taken out. */
export interface NotedText {
  readonly before: string;
  readonly notes: string;
  readonly after: string;
}

/** Splits a text at its notes; undefined where the two marks are not there, in this order. */
export function splitNotes(text: string): NotedText | undefined {
  const begin = text.indexOf(BEGIN);
  const end = text.lastIndexOf(END);
  if (begin < 0 || end < begin + BEGIN.length) return undefined;
  const start = begin + BEGIN.length;
  return { before: text.slice(0, start), notes: text.slice(start, end), after: text.slice(end) };
}

/** The fresh text with the notes of the text on disk. */
export function keepNotes(fresh: string, onDisk: string): string {
  const [ours, theirs] = [splitNotes(fresh), splitNotes(onDisk)];
  return ours === undefined || theirs === undefined ? fresh : ours.before + theirs.notes + ours.after;
}
