import { z } from 'zod';
import { ruleSchema } from './schema.ts';

/** Text of rules/rule.schema.json, with which editors check rule files. */
export function ruleJsonSchema(): string {
  const schema = z.toJSONSchema(ruleSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ title: 'dig2argo rule', ...schema }, undefined, 2)}\n`;
}
