/**
 * Programs that call a method as Digdag does: arguments by name from the parameters, `digdag.env.params` and
 * `digdag.env.store`. What is stored is written as one JSON object when the method has ended.
 * @see digdag-standards 0.10.5, resources `digdag/standards/py/runner.py` and `rb/runner.rb`
 */
export const pythonRunner = `import importlib, inspect, json, os, sys, types

params = json.loads(os.environ['DIGDAG_PARAMS'])
params.update((k[12:], v) for k, v in os.environ.items() if k.startswith('DIGDAG_TEXT_'))
stored = {}

def add_subtask(*args, **kwargs):
    raise NotImplementedError('digdag.env.add_subtask: Argo cannot add tasks to a run')

def store(params):
    stored.update(params)

digdag = types.ModuleType('digdag')
digdag.env = types.SimpleNamespace(params=params, store=store, add_subtask=add_subtask)
digdag.task = types.SimpleNamespace(params=params)
sys.modules['digdag'] = digdag
sys.path.insert(0, os.getcwd())

def arguments(function, first):
    spec = inspect.getfullargspec(function)
    names = spec.args[first:] + spec.kwonlyargs
    optional = set(spec.args[len(spec.args) - len(spec.defaults or ()):]) | set(spec.kwonlydefaults or ())
    if spec.varkw is not None:
        return dict(params)
    missing = [name for name in names if name not in params and name not in optional]
    if missing:
        raise TypeError("Method '%s' requires parameter '%s' but not set" % (function.__name__, missing[0]))
    return dict((name, params[name]) for name in names if name in params)

words = os.environ['DIGDAG_METHOD'].split('.')
for cut in range(len(words) - 1, 0, -1):
    try:
        target = importlib.import_module('.'.join(words[:cut]))
        break
    except ModuleNotFoundError as error:
        if error.name is None or not ('.'.join(words[:cut]) + '.').startswith(error.name + '.'):
            raise
else:
    import __main__ as target
    cut = 0
for word in words[cut:-1]:
    target = getattr(target, word)
if inspect.isclass(target):
    init = target.__init__
    target = target(**({} if init is object.__init__ else arguments(init, 1)))
method = getattr(target, words[-1])
method(**arguments(method, 1 if inspect.ismethod(method) else 0))

with open('STORE_FILE', 'w') as file:
    json.dump(stored, file)
`;

export const rubyRunner = `require 'json'

params = JSON.parse(ENV['DIGDAG_PARAMS'])
ENV.each { |k, v| params[k[12..-1]] = v if k.start_with?('DIGDAG_TEXT_') }

module Digdag
  class Env
    attr_reader :params, :stored
    def initialize(params)
      @params = params
      @stored = Hash.new
    end
    def store(values)
      @stored.merge!(values)
    end
    def add_subtask(*)
      raise NotImplementedError, 'Digdag.env.add_subtask: Argo cannot add tasks to a run'
    end
  end
  class << self
    attr_accessor :env
  end
end
Digdag.env = Digdag::Env.new(params)

def arguments(method, params)
  named = Hash.new
  method.parameters.each do |kind, name|
    key = name.to_s
    case kind
    when :keyreq, :key, :req, :opt
      if params.key?(key)
        named[name] = [kind, params[key]]
      elsif kind == :keyreq || kind == :req
        raise ArgumentError, "Method '#{method.name}' requires parameter '#{key}' but not set"
      end
    end
  end
  positional = named.values.select { |kind, _| kind == :req || kind == :opt }.map(&:last)
  keywords = named.select { |_, (kind, _)| kind == :key || kind == :keyreq }.map { |n, (_, v)| [n, v] }.to_h
  [positional, keywords]
end

def call(receiver, name, params)
  positional, keywords = arguments(receiver.method(name), params)
  keywords.empty? ? receiver.public_send(name, *positional) : receiver.public_send(name, *positional, **keywords)
end

$LOAD_PATH.unshift(Dir.pwd)
require ENV['DIGDAG_REQUIRE'] if ENV['DIGDAG_REQUIRE']
*classes, method = ENV['DIGDAG_METHOD'].split(/::|\\./)
target = classes.inject(Object) { |scope, name| scope.const_get(name) }
if target.equal?(Object)
  target = self
elsif target.is_a?(Class) && !target.respond_to?(method)
  positional, keywords = arguments(target.instance_method(:initialize), params)
  target = keywords.empty? ? target.new(*positional) : target.new(*positional, **keywords)
end
call(target, method.to_sym, params)

File.write('STORE_FILE', JSON.generate(Digdag.env.stored))
`;
