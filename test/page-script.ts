import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

const ENTRY = 'src/report/page/main.ts';
const importLine = /^import\s[^;]*?from\s+'(\.[^']+)';$/gms;

/**
 * The script of the report's page: its modules without their types, one behind the other in one function. They import
 * by name only and no two declare the same name, so that nothing but the imports and `export` has to go.
 */
export function pageScript(): string {
  const order = modulesFrom(ENTRY, []);
  const declared = new Map<string, string>();
  const parts = order.map((path) => {
    for (const name of topLevelNames(path)) {
      const other = declared.get(name);
      if (other !== undefined)
        throw new Error(`${path} and ${other} both declare ${name}: the page's script has one scope`);
      declared.set(name, path);
    }
    return plainScript(path);
  });
  return `// Generated from src/report/page by test/page-script.ts (npm run test:update).\n(() => {\n'use strict';\n${parts.join('')}})();\n`;
}

/** Each module after those that it imports. */
function modulesFrom(path: string, known: readonly string[]): readonly string[] {
  if (known.includes(path)) return known;
  const text = readFileSync(path, 'utf8');
  const imported = [...text.matchAll(importLine)].filter(([line]) => !/^import type\s/.test(line));
  const before = imported.reduce<readonly string[]>(
    (order, [, from = '']) => modulesFrom(posix.join(posix.dirname(path), from), order),
    known,
  );
  return before.includes(path) ? before : [...before, path];
}

function plainScript(path: string): string {
  const { outputText } = ts.transpileModule(readFileSync(path, 'utf8'), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      verbatimModuleSyntax: true,
    },
  });
  const text = outputText
    .replaceAll(/^import [^;]*;\n/gm, '')
    .replaceAll(/^export (?=(?:async )?(?:function|const|let|class) )/gm, '')
    .replaceAll(/^export \{\};\n/gm, '');
  if (/^(?:import|export)\b/m.test(text))
    throw new Error(`${path} imports or exports in a way that the page's script does not know`);
  return text;
}

function topLevelNames(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023);
  return source.statements.flatMap((statement): readonly string[] => {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return statement.name === undefined ? [] : [statement.name.text];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    return [];
  });
}
