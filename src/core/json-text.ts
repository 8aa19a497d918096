/** JSON as a person reads it in a file or a terminal: indented, with a line break at the end. JSON knows no big integers; as text they lose no digit. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`;
}
