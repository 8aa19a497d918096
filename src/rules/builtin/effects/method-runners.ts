/**
 * Programs that call a method as Digdag does: arguments by name from the parameters, `digdag.env.params` and
 * `digdag.env.store`. What is known only at run time comes in variables of its own: as text, as JSON, or as all that earlier tasks
 * stored, of which the first that has the parameter counts. What is stored is written as one JSON object when the method has ended; one that ends the whole
 * program leaves nothing to read, which Digdag takes for a failure. What is exported or set as state reaches subtasks and
 * further tries alone, and there are none.
 * @see digdag-standards 0.10.5, resources `digdag/standards/py/runner.py` and `rb/runner.rb`; run by the conformance check `operator-scripts`
 */
export const pythonRunner = `import inspect, json, os, sys, types

params = json.loads(os.environ['DIGDAG_PARAMS'])
params.update((k[12:], v) for k, v in os.environ.items() if k.startswith('DIGDAG_TEXT_'))
params.update((k[12:], json.loads(v)) for k, v in os.environ.items() if k.startswith('DIGDAG_JSON_'))
for k, v in os.environ.items():
    if k.startswith('DIGDAG_KEPT_'):
        params.update([(k[12:], kept[k[12:]]) for kept in json.loads(v) if k[12:] in kept][:1])
stored = {}

def merge_into(target):
    def merge(params={}, **more):
        target.update(params)
        target.update(more)
    return merge

def add_subtask(*args, **kwargs):
    raise NotImplementedError('digdag.env.add_subtask: Argo cannot add tasks to a run')

state = dict(params=params, store_params=stored, export_params={}, state_params={})
digdag_env = sys.modules['digdag_env'] = types.ModuleType('digdag_env')
digdag_env.__dict__.update(state)
digdag = sys.modules['digdag'] = types.ModuleType('digdag')
digdag.env = types.SimpleNamespace(
    store=merge_into(stored), export=merge_into(state['export_params']), set_state=merge_into(state['state_params']),
    add_subtask=add_subtask, **state)
sys.path.insert(0, os.getcwd())

def find(words):
    try:
        target = getattr(__import__('.'.join(words[:-1]), fromlist=words[-1:]), words[-1])
        return (target, 'run') if isinstance(target, type) else (target, None)
    except ImportError:
        if len(words) < 3:
            raise
        return getattr(__import__('.'.join(words[:-2]), fromlist=words[-2:-1]), words[-2]), words[-1]

def arguments(function, skip):
    if function == object.__init__:
        return {}
    spec = inspect.getfullargspec(function)
    required = spec.args[skip:len(spec.args) - len(spec.defaults or ())]
    missing = [name for name in required if name not in params]
    if missing:
        raise TypeError("Method '%s' requires parameter '%s' but not set" % (function.__qualname__, missing[0]))
    # Digdag gives none to what stands after a bare *.
    return params if spec.varkw else dict((name, params[name]) for name in spec.args[skip:] if name in params)

try:
    target, method = find(os.environ['DIGDAG_METHOD'].split('.'))
    if method is None:
        target(**arguments(target, 0))
    else:
        bound = getattr(target(**arguments(target.__init__, 1)), method)
        bound(**arguments(bound, 1))
except SystemExit as end:
    if end.code in (None, 0):
        raise RuntimeError('the method ended the program') from end
    raise

text = json.dumps(stored)
with open('STORE_FILE', 'w') as file:
    file.write(text)
`;

export const rubyRunner = `require 'json'

module DigdagEnv
  PARAMS = JSON.parse(ENV['DIGDAG_PARAMS'])
  ENV.each { |k, v| PARAMS[k[12..-1]] = v if k.start_with?('DIGDAG_TEXT_') }
  ENV.each { |k, v| PARAMS[k[12..-1]] = JSON.parse(v) if k.start_with?('DIGDAG_JSON_') }
  ENV.each do |k, v|
    next unless k.start_with?('DIGDAG_KEPT_')
    kept = JSON.parse(v).find { |each| each.key?(k[12..-1]) }
    PARAMS[k[12..-1]] = kept[k[12..-1]] if kept
  end
  EXPORT_PARAMS = {}
  STORE_PARAMS = {}
  STATE_PARAMS = {}
end

module Digdag
  class Env
    def params; DigdagEnv::PARAMS; end
    def export_params; DigdagEnv::EXPORT_PARAMS; end
    def store_params; DigdagEnv::STORE_PARAMS; end
    def state_params; DigdagEnv::STATE_PARAMS; end
    def export(values = {}, **more); export_params.merge!(values).merge!(more); end
    def store(values = {}, **more); store_params.merge!(values).merge!(more); end
    def set_state(values = {}, **more); state_params.merge!(values).merge!(more); end
    def add_subtask(*)
      raise 'Digdag.env.add_subtask: Argo cannot add tasks to a run'
    end
  end
  ENVIRONMENT = Env.new
  def self.env; ENVIRONMENT; end
end

def digdag_symbols(hash)
  hash.map { |name, value| [name.to_sym, value.is_a?(Hash) ? digdag_symbols(value) : value] }.to_h
end

def digdag_arguments(method)
  params = DigdagEnv::PARAMS
  positional = []
  keywords = {}
  method.parameters.each do |kind, name|
    given = params.key?(name.to_s)
    if (kind == :req || kind == :keyreq) && !given
      raise ArgumentError, "Method '#{method.name}' requires parameter '#{name}' but not set"
    end
    case kind
    when :req, :opt then positional << params[name.to_s] if given
    when :keyreq, :key then keywords[name] = params[name.to_s] if given
    when :keyrest then keywords.merge!(digdag_symbols(params))
    end
  end
  [positional, keywords]
end

def digdag_call(receiver, name, method)
  positional, keywords = digdag_arguments(method)
  keywords.empty? ? receiver.send(name, *positional) : receiver.send(name, *positional, **keywords)
end

begin
  $LOAD_PATH.unshift(Dir.pwd)
  require ENV['DIGDAG_REQUIRE'] if ENV['DIGDAG_REQUIRE']
  *names, method = ENV['DIGDAG_METHOD'].split('.')
  owner = names.empty? ? self : Kernel.const_get(names.join('.'))
  if !names.empty? && owner.public_instance_methods.include?(method.to_sym)
    owner = digdag_call(owner, :new, owner.instance_method(:initialize))
  end
  digdag_call(owner, method.to_sym, owner.method(method.to_sym))
rescue SystemExit => e
  raise e.success? ? 'the method ended the program' : e
end

File.write('STORE_FILE', JSON.generate(DigdagEnv::STORE_PARAMS))
`;
