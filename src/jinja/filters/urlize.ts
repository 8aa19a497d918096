/** Port of jinja2.utils.urlize. */
import { peek } from '../tags/tracker.ts';
import { compareValues } from '../values/compare.ts';
import { PyError } from '../values/error.ts';
import { listOf, truthy } from '../values/iterate.ts';
import { escapeHtml } from '../values/markup.ts';
import { indexOf } from '../values/number.ts';
import { str, textRepr } from '../values/print.ts';
import { Markup, type Value } from '../values/value.ts';
import { define, type Filter, none } from './filter.ts';

const url =
  /^((https?:\/\/|www\.)(([\w%-]+\.)+)?((?:[a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(localhost|([\w%-]+\.)+[a-z]{2,63})|((\d{1,3})(\.\d{1,3}){3})|(\[([0-9a-f]{0,4}:){2}([0-9a-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?|([\w%-]+\.)+(com|net|int|edu|gov|org|info|mil)(?::\d{1,5})?(?:[/?#]\S*)?)$/iu;
const email = /^\S+@\w[\w.-]*\.\w+$/u;

interface LinkOptions {
  readonly limit: Value;
  readonly rel: string;
  readonly target: string;
  readonly schemes: readonly string[];
}

function linkText(text: string, options: LinkOptions): string {
  if (peek(options.limit) === null) return text;
  const points = Array.from(text);
  return compareValues('>', points.length, options.limit)
    ? `${points.slice(0, indexOf(peek(options.limit))).join('')}...`
    : text;
}

function linkWord(word: string, options: LinkOptions): string {
  let [head, middle, tail] = ['', word, ''];
  const opening = /^([(<]|&lt;)+/.exec(middle);
  if (opening !== null) {
    head = opening[0];
    middle = middle.slice(head.length);
  }
  const closing = /([)>.,\n]|&gt;)+$/.exec(middle);
  if (closing !== null && /(\)|>|\.|,|\n|&gt;)$/.test(middle)) {
    tail = closing[0];
    middle = middle.slice(0, -tail.length);
  }
  for (const [open, close] of [
    ['(', ')'],
    ['<', '>'],
    ['&lt;', '&gt;'],
  ] as const) {
    const opened = middle.split(open).length - 1;
    if (opened <= middle.split(close).length - 1) continue;
    for (let at = 0; at < Math.min(opened, tail.split(close).length - 1); at += 1) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  if (url.test(middle)) {
    const address = /^https?:\/\//.test(middle) ? middle : `https://${middle}`;
    middle = `<a href="${address}"${options.rel}${options.target}>${linkText(middle, options)}</a>`;
  } else if (middle.startsWith('mailto:') && email.test(middle.slice(7)))
    middle = `<a href="${middle}">${middle.slice(7)}</a>`;
  else if (middle.includes('@') && !middle.startsWith('www.') && !middle.includes(':') && email.test(middle))
    middle = `<a href="mailto:${middle}">${middle}</a>`;
  else if (options.schemes.some((scheme) => middle !== scheme && middle.startsWith(scheme)))
    middle = `<a href="${middle}"${options.rel}${options.target}>${middle}</a>`;
  return head + middle + tail;
}

export const urlizeFilters: Readonly<Record<string, Filter>> = {
  urlize: define(
    'do_urlize(eval_ctx, value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)',
    (runtime, value = none, limit = none, nofollow = none, target = none, rel = none, schemes = none) => {
      const relations = new Set(
        [...textOrNothing(rel).split(/\s+/), 'noopener', ...(truthy(nofollow) ? ['nofollow'] : [])].filter(
          (part) => part !== '',
        ),
      );
      const extra = peek(schemes) === null ? [] : listOf(schemes).map(str);
      for (const scheme of extra) {
        if (!/^[\w.+-]{2,}:(\/){0,2}$/u.test(scheme))
          throw new PyError('FilterArgumentError', `${textRepr(scheme)} is not a valid URI scheme prefix.`);
      }
      const options: LinkOptions = {
        limit,
        rel: ` rel="${escapeHtml([...relations].sort().join(' '))}"`,
        target: peek(target) === null ? '' : ` target="${escapeHtml(str(target))}"`,
        schemes: extra,
      };
      const escaped = escapeIfText(value);
      const linked = escaped
        .split(/(\s+)/u)
        .map((word) => linkWord(word, options))
        .join('');
      return runtime.autoescape ? new Markup(linked) : linked;
    },
  ),
};

function textOrNothing(value: Value): string {
  return truthy(value) ? str(value) : '';
}

function escapeIfText(value: Value): string {
  const plain = peek(value);
  return plain instanceof Markup ? plain.text : escapeHtml(str(plain));
}
