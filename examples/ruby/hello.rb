# Compiles a module, is called by it, calls it, writes its memory, catches its trap, and calls it for 1,000 rows.
require "fiddle"
require "json"

ROOT = File.expand_path("../..", __dir__)
ABI = JSON.parse(File.read("#{ROOT}/include/wasmtime_shim.json"))
ABI["constants"].each { |c| Object.const_set(c["name"], c["value"]) }

# Every function of the library, from its description: Wts.engine_new and so on.
module Wts
  TYPES = { "int32_t" => Fiddle::TYPE_INT, "uint32_t" => -Fiddle::TYPE_INT, "int64_t" => Fiddle::TYPE_LONG_LONG,
            "uint64_t" => -Fiddle::TYPE_LONG_LONG, "size_t" => Fiddle::TYPE_SIZE_T, "double" => Fiddle::TYPE_DOUBLE }
  ABI["types"].each { |t| TYPES[t["name"]] = TYPES[t["c"]] }
  TYPES.default = Fiddle::TYPE_VOIDP
  library = Fiddle.dlopen(ENV.fetch("WASMTIME_SHIM_LIB"))
  ABI["functions"].each do |f|
    function = Fiddle::Function.new(library[f["name"]], f["params"].map { |p| TYPES[p["type"]] }, TYPES[f["returns"]])
    define_singleton_method(f["name"].delete_prefix("wts_")) do |*given|
      status = function.call(*given.flat_map { |x| x.is_a?(String) ? [x, x.bytesize] : [x] })
      raise "#{Wts.text(:status_name, status)}: #{Wts.text(:error_message, 0)}" if status.negative?
    end
  end

  # The text that a function copies out.
  def self.text(function, *given)
    size = out(function, *given, nil, 0)
    buffer = Fiddle::Pointer.malloc(size, Fiddle::RUBY_FREE)
    out(function, *given, buffer, size)
    buffer[0, size]
  end

  # The one output of a function.
  def self.out(function, *given)
    slot = Fiddle::Pointer.malloc(8, Fiddle::RUBY_FREE)
    send(function, *given, slot)
    slot[0, 8].unpack1("Q")
  end
end

def log(caller, address, length)
  memory = Wts.out(:caller_get_export, caller, "memory")
  buffer = Fiddle::Pointer.malloc(length, Fiddle::RUBY_FREE)
  Wts.memory_read(memory, address, buffer, length)
  puts buffer[0, length]
end

callback = Class.new(Fiddle::Closure) do
  def call(_env, caller, args, _nargs, _results, _nresults)
    log(caller, *args[0, 16].unpack("q2"))
    0
  rescue => error # must not pass through the library
    Wts.caller_set_trap(caller, WTS_TRAP_NONE, error.message)
    -1
  end
end
description = ABI["callbacks"].find { |c| c["name"] == "wts_callback_t" }
log = callback.new(Fiddle::TYPE_INT, description["params"].map { |p| Wts::TYPES[p["type"]] })

engine = Wts.out(:engine_new, 0)
store = Wts.out(:store_new, engine, 0)
linker = Wts.out(:linker_new, engine)
kinds = Fiddle::Pointer[[WTS_I32, WTS_I32].pack("l2")]
Wts.linker_define_func(linker, "host", "log", kinds, 2, nil, 0, log, nil, nil)
wasm = Wts.out(:module_new, engine, File.read("#{ROOT}/examples/guest.wat"))
instance = Wts.out(:linker_instantiate, linker, store, wasm)
greet, add, divide, memory = %w[greet add divide memory].map { |name| Wts.out(:instance_get_export, instance, name) }
call = lambda do |func, *args|
  slots = Fiddle::Pointer[args.pack("q*")]
  result = Fiddle::Pointer.malloc(8, Fiddle::RUBY_FREE)
  Wts.func_call(func, slots, args.size, result, 1)
  result[0, 8].unpack1("q")
end

Wts.func_call(greet, nil, 0, nil, 0)
puts "40 + 2 = #{call.(add, 40, 2)}"
Wts.memory_write(memory, 16, "HELLO")
Wts.func_call(greet, nil, 0, nil, 0)
begin
  call.(divide, 1, 0)
rescue RuntimeError => error
  puts error.message
end
rows = Fiddle::Pointer[(0...1000).flat_map { |row| [row, 2] }.pack("q*")]
sums = Fiddle::Pointer.malloc(8 * 1000, Fiddle::RUBY_FREE)
done = Wts.out(:func_call_batch, add, 1000, rows, 2000, sums, 1000)
puts "#{done} rows, the last is #{sums[8 * 999, 8].unpack1("q")}"

Wts.module_delete(wasm)
Wts.linker_delete(linker)
Wts.store_delete(store)
Wts.engine_delete(engine)
puts "#{Wts.out(:handle_live_count, WTS_KIND_NONE)} handles are left"
