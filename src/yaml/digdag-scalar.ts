import { integer, type ScalarValue } from './dialect.ts';

/**
 * Scalars as Digdag 0.10 reads them: SnakeYAML 1.23 with Digdag's own resolver.
 * Only true/false are booleans, times and dates are strings, a float may not begin with 0.
 * @see digdag-core `YamlTagResolver`
 */
const intForm = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*)$/;
const floatForm =
  /^(?:[-+]?(?:\.[0-9]+|[1-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Undefined where the text looks like a number and is none, which stops Digdag. */
export function digdagPlain(text: string): ScalarValue | undefined {
  if (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL') return { kind: 'null' };
  if (/^(?:[Tt]rue|[Ff]alse)$/.test(text)) return { kind: 'bool', value: text.toLowerCase() === 'true' };
  if (intForm.test(text)) return javaInt(text);
  if (floatForm.test(text)) return javaFloat(text);
  return { kind: 'string', value: text };
}

export function digdagTagged(tag: string, text: string): ScalarValue | 'unknown' | undefined {
  switch (tag) {
    case 'str':
      return { kind: 'string', value: text };
    case 'int':
      return javaInt(text);
    case 'float':
      return javaFloat(text);
    case 'bool':
      return javaBool(text);
    case 'null':
      return { kind: 'null' };
    case 'binary':
      return base64(text);
    case 'timestamp':
      return timestamp(text);
    default:
      return 'unknown';
  }
}

/** SnakeYAML's ConstructYamlInt without base 60, which Digdag's pattern never lets through. */
function javaInt(text: string): ScalarValue | undefined {
  const bare = text.replaceAll('_', '');
  const sign = /^[-+]/.test(bare) ? bare.slice(0, 1) : '';
  const digits = bare.slice(sign.length);
  if (digits.includes(':')) {
    const parts = digits.split(':').map((part) => integer('', part, 10));
    let total = 0;
    for (const part of parts) {
      if (part?.kind !== 'int') return undefined;
      total = total * 60 + Number(part.value);
    }
    return { kind: 'int', value: sign === '-' ? -total : total };
  }
  if (digits === '0') return { kind: 'int', value: 0 };
  if (digits.startsWith('0b')) return integer(sign, digits.slice(2), 2);
  if (digits.startsWith('0x')) return integer(sign, digits.slice(2), 16);
  if (digits.startsWith('0')) return integer(sign, digits.slice(1), 8);
  return integer(sign, digits, 10);
}

function javaFloat(text: string): ScalarValue | undefined {
  const bare = text.replaceAll('_', '');
  const sign = bare.startsWith('-') ? -1 : 1;
  const size = /^[-+]/.test(bare) ? bare.slice(1) : bare;
  const lower = size.toLowerCase();
  if (lower === '.inf') return { kind: 'string', value: sign < 0 ? '-Infinity' : 'Infinity' };
  if (lower === '.nan') return { kind: 'string', value: 'NaN' };
  let value = 0;
  for (const part of size.split(':')) {
    if (!/^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[dDfF]?$/.test(part)) return undefined;
    value = value * 60 + Number.parseFloat(part);
  }
  // Numbers JSON cannot hold leave Digdag's reader as strings.
  if (!Number.isFinite(value)) return { kind: 'string', value: sign < 0 ? '-Infinity' : 'Infinity' };
  return { kind: 'float', value: sign * value };
}

function javaBool(text: string): ScalarValue {
  const lower = text.toLowerCase();
  if (['yes', 'true', 'on'].includes(lower)) return { kind: 'bool', value: true };
  if (['no', 'false', 'off'].includes(lower)) return { kind: 'bool', value: false };
  return { kind: 'null' };
}

function base64(text: string): ScalarValue | undefined {
  const bare = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return undefined;
  return { kind: 'string', value: Buffer.from(bare, 'base64').toString('base64') };
}

/** A date or time as milliseconds, which is how Digdag's JSON pass writes a Java Date. */
function timestamp(text: string): ScalarValue | undefined {
  const found =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::?\d\d)?))?)?$/.exec(
      text,
    );
  if (found === null) return undefined;
  const field = (at: number): number => Number(found[at] ?? '0');
  const zone = /^([-+])(\d\d?):?(\d\d)?$/.exec(found[8] ?? '');
  const shift =
    zone === null ? 0 : (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3] ?? '0')) * 60_000;
  const fraction = Math.trunc(Number(`0.${found[7] ?? '0'}0`) * 1000);
  return {
    kind: 'int',
    value: Date.UTC(field(1), field(2) - 1, field(3), field(4), field(5), field(6), fraction) - shift,
  };
}
