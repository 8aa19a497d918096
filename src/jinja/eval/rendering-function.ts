import { type CallArgs, PyObject, type Value } from '../values/value.ts';
import type { Frame } from './frame.ts';

/** A function that renders, such as `lookup('template', …)`: it needs the runtime of the place where it is called. */
export class RenderingFunction extends PyObject {
  readonly type = 'function';
  readonly callIn: (call: CallArgs, frame: Frame) => Value;
  constructor(callIn: (call: CallArgs, frame: Frame) => Value) {
    super();
    this.callIn = callIn;
  }
}
