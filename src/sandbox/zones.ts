import { packedZones } from './library-files.ts';

/** One zone's history. Entry `i` holds until the instant `untils[i]` (epoch milliseconds; null in the last entry: for ever). */
export interface ZoneTable {
  readonly abbreviations: readonly string[];
  /** Minutes that local time is behind UTC: -540 for Tokyo. */
  readonly offsets: readonly number[];
  readonly untils: readonly (number | null)[];
}

const tables = new Map<string, ZoneTable | undefined>();
let packed: ReadonlyMap<string, string> | undefined;

/** The table of an IANA zone or of a fixed offset as Java's ZoneId writes them (`UTC+9`, `+09:00`, `Z`); undefined for an unknown zone. */
export function zoneTable(zone: string): ZoneTable | undefined {
  if (!tables.has(zone)) tables.set(zone, fixedOffset(zone) ?? namedZone(zone));
  return tables.get(zone);
}

function namedZone(zone: string): ZoneTable | undefined {
  packed ??= indexZones();
  const line = packed.get(zone);
  return line === undefined ? undefined : unpack(line);
}

function indexZones(): ReadonlyMap<string, string> {
  const { zones, links } = packedZones();
  const index = new Map(zones.map((line) => [line.slice(0, line.indexOf('|')), line]));
  for (const link of links) {
    const [target = '', alias = ''] = link.split('|');
    const line = index.get(target);
    if (line !== undefined) index.set(alias, line);
  }
  return index;
}

/** moment-timezone's packed line: `name|abbreviations|offsets|indices|untils|population`, numbers to base 60. */
function unpack(line: string): ZoneTable {
  const [, abbreviations = '', offsets = '', indices = '', untils = ''] = line.split('|');
  const names = abbreviations.split(' ');
  const minutes = offsets.split(' ').map(fromBase60);
  const picks = [...indices].map((digit) => fromBase60(digit));
  let at = 0;
  const ends: number[] = [];
  for (const minutesLater of untils === '' ? [] : untils.split(' ').map(fromBase60)) {
    at = Math.round(at + minutesLater * 60_000);
    ends.push(at);
  }
  return {
    abbreviations: picks.map((pick) => names[pick] ?? ''),
    offsets: picks.map((pick) => minutes[pick] ?? 0),
    untils: picks.map((_, i) => ends[i] ?? null),
  };
}

function fromBase60(text: string): number {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  let value = 0;
  for (const digit of whole) value = value * 60 + digitOf(digit);
  let weight = 1;
  for (const digit of fraction) {
    weight /= 60;
    value += digitOf(digit) * weight;
  }
  return negative ? -value : value;
}

function digitOf(digit: string): number {
  return '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX'.indexOf(digit);
}

function fixedOffset(zone: string): ZoneTable | undefined {
  const match = /^(UTC|GMT|UT)?(?:([+-])(\d{1,2})(?::?(\d\d))?)?$/.exec(zone === 'Z' ? 'UTC' : zone.trim());
  if (match === null || zone.trim() === '') return undefined;
  const [, name = '', sign = '+', hours = '0', minutes = '0'] = match;
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return {
    abbreviations: [name === '' || ahead !== 0 ? zone.trim() : 'UTC'],
    offsets: [ahead === 0 ? 0 : -ahead],
    untils: [null],
  };
}
