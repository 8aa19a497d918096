import { z } from 'zod';
import { jsonText } from '../core/json-text.ts';
import { ruleSchema } from './schema.ts';

/** Text of rules/rule.schema.json, with which editors check rule files. */
export function ruleJsonSchema(): string {
  const schema = z.toJSONSchema(ruleSchema, { io: 'input', reused: 'ref' });
  return jsonText({ title: 'dig2argo rule', ...schema });
}
