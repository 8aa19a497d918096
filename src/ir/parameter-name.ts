/** A text as people name parameters: `dbHost`, `db.host` and `DB_HOST` are `db_host`. Empty where nothing of it can be in a name. */
export function parameterName(text: string): string {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
