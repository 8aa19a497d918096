import { nothing, Output } from '../streams.ts';
import { complain, lastOf, type Program, readFlags, refuse } from './program.ts';

export const cat: Program = (call) => {
  const { operands } = readFlags(call, ['-u']);
  for (const file of operands.length === 0 ? ['-'] : operands) {
    const stdin = file === '-' || file === '/dev/stdin';
    const content = stdin ? call.streams.in.readAll() : call.state.machine.read(call.state.path(file));
    if (content === undefined) return complain(call, `${file}: No such file or directory`);
    call.streams.out.add(content);
  }
  return 0;
};

export const tee: Program = (call) => {
  const { values, operands } = readFlags(call, ['-a']);
  const content = call.streams.in.readAll();
  const { machine } = call.state;
  for (const file of operands) {
    const path = call.state.path(file);
    const all = new Output();
    if (values.has('-a')) all.add(machine.read(path) ?? nothing);
    all.add(content);
    machine.write(path, all.content);
  }
  call.streams.out.add(content);
  return 0;
};

export const makeTemporary: Program = (call) => {
  const { values, operands } = readFlags(call, ['-d', '-q', '-t', '-u', '-p=', '--directory', '--tmpdir', '--suffix=']);
  const { machine } = call.state;
  if (values.has('-u')) return refuse(call, '-u');
  const base = machine.temporary();
  const template = operands[0];
  const unique = base.slice(-10);
  const named = template?.replace(/X{3,}/, unique);
  const inTemporary = values.has('-t') || values.has('--tmpdir');
  const path =
    (named === undefined ? base : inTemporary ? `/tmp/${named}` : call.state.path(named)) +
    (lastOf({ values, operands }, '--suffix') ?? '');
  if (values.has('-d') || values.has('--directory')) machine.makeFolder(path);
  else machine.write(path, nothing);
  call.streams.out.write(`${path}\n`);
  return 0;
};

export const makeFolder: Program = (call) => {
  for (const folder of readFlags(call, ['-p', '-m=']).operands) call.state.machine.makeFolder(call.state.path(folder));
  return 0;
};

export const remove: Program = (call) => {
  const { values, operands } = readFlags(call, ['-r', '-f', '-R', '-rf', '-fr']);
  const force = [...values.keys()].some((flag) => flag.includes('f'));
  const missing = operands.filter((file) => !call.state.machine.remove(call.state.path(file)));
  return missing.length > 0 && !force ? complain(call, `${missing.join(' ')}: No such file or directory`) : 0;
};

function transfer(keep: boolean): Program {
  return (call) => {
    const { operands } = readFlags(call, ['-f', '-p']);
    const [from = '', to = '', ...more] = operands;
    const { machine } = call.state;
    const target = call.state.path(to);
    const content = machine.read(call.state.path(from));
    if (more.length > 0 || to === '') return refuse(call, operands.join(' '));
    if (content === undefined) return complain(call, `${from}: No such file or directory`);
    const folder = machine.read(target) === undefined && machine.isFolder(target);
    machine.write(folder ? `${target}/${from.slice(from.lastIndexOf('/') + 1)}` : target, content);
    if (!keep) machine.remove(call.state.path(from));
    return 0;
  };
}

export const copy: Program = transfer(true);
export const move: Program = transfer(false);

export const touch: Program = (call) => {
  for (const file of readFlags(call, []).operands) {
    const path = call.state.path(file);
    call.state.machine.write(path, call.state.machine.read(path) ?? nothing);
  }
  return 0;
};

export const chmod: Program = () => 0;

export const basename: Program = (call) => {
  const { operands } = readFlags(call, []);
  const [path = '', suffix = ''] = operands;
  const name = path.replace(/\/+$/, '').replace(/^.*\//, '');
  call.streams.out.write(
    `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
  );
  return 0;
};

/** `realpath FILE` and `readlink -f FILE`: nothing in the tree is a link. */
export const absolutePath: Program = (call) => {
  const { values, operands } = readFlags(call, ['-e', '-f', '-m', '-q', '-s', '--canonicalize']);
  const [file = ''] = operands;
  const canonical = call.name === 'realpath' || ['-e', '-f', '-m', '--canonicalize'].some((flag) => values.has(flag));
  if (operands.length !== 1 || !canonical) return refuse(call, call.args.join(' '));
  call.streams.out.write(`${call.state.path(file)}\n`);
  return 0;
};

export const dirname: Program = (call) => {
  const path = (readFlags(call, []).operands[0] ?? '').replace(/(.)\/+$/, '$1');
  const slash = path.lastIndexOf('/');
  call.streams.out.write(`${slash < 0 ? '.' : path.slice(0, slash) || '/'}\n`);
  return 0;
};
