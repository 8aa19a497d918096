import { readFileSync } from 'node:fs';
import fg from 'fast-glob';
import { lintManifests as mine } from '../src/lint/lint-manifests.ts';
import { lintManifests as real } from './conformance/argo-oracle.ts';
import { repoPath } from '../src/core/source.ts';
import { messageOf } from '../src/core/messages.ts';
const files = process.argv.slice(2).flatMap((d) => fg.sync(`${d}/**/*.{yaml,yml}`)).filter((f) => /argoproj\.io/.test(readFileSync(f,'utf8'))).sort();
const texts = files.map((f) => readFileSync(f,'utf8'));
const answers: any[] = [];
for (let i=0;i<files.length;i+=50) {
  try { answers.push(...await real({file:'/work/tmp/i7/argo-oracle', args:[]}, texts.slice(i,i+50).map((manifest)=>({manifest, namespace:'default'})))); }
  catch (e) { for (const t of texts.slice(i,i+50)) { try { answers.push(...await real({file:'/work/tmp/i7/argo-oracle', args:[]}, [{manifest:t, namespace:'default'}])); } catch (e2) { answers.push({ok:true, linted:false, errors:['ORACLE FAILED '+String(e2).slice(0,100)], objects:[], crashed:true}); } } }
}
let agree=0, falseE=0, missed=0, crash=0; 
for (const [i,f] of files.entries()) {
  let r; try { r = mine([{path: repoPath('m.yaml'), text: texts[i]!}], {defaultNamespace:'default'}); } catch (e) { crash++; console.log('CRASH', f, String((e as Error).stack).slice(0,300)); continue; }
  const errs = r.diagnostics.filter((d)=>d.severity==='error');
  const ok = errs.length===0; const a = answers[i]!;
  const realOk = a.ok || !a.linted;
  if (ok===realOk) agree++; else if (!ok && realOk) { falseE++; console.log('OURS ONLY', f, a.linted, a.deep?.length, errs.slice(0,3).map((d)=>d.code+' '+messageOf(d).slice(0,160)+'@'+d.span?.start.line).join(' | ')); } else { missed++; console.log('MISSED', f, a.errors.slice(0,2).join(' | ').slice(0,300)); }
}
console.log({files: files.length, agree, falseE, missed, crash});
