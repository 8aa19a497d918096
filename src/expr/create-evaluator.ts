import { createSandbox } from '../sandbox/sandbox.ts';
import { Evaluator, type EvaluatorOptions } from './evaluator.ts';

/** An evaluator with a sandbox of its own, which lives as long as the program. */
export async function createEvaluator(options: EvaluatorOptions = {}): Promise<Evaluator> {
  return new Evaluator(await createSandbox(), options);
}
