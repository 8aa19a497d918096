// Measures what speed the project promises: `npm run bench -- [NAME]…`.
import { benchDedup } from './dedup.ts';
import { benchExpressions } from './expressions.ts';
import { benchJinja } from './jinja.ts';

const benches: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  dedup: benchDedup,
  expressions: benchExpressions,
  jinja: benchJinja,
};

const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name}:`);
  for (const line of await bench()) console.log(`  ${line}`);
}
