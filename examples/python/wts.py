"""Every function of libwasmtime_shim, made when it is loaded from what wasmtime_shim.json says of it.

A slice is given as a text, bytes or a sequence, and one that is to be filled as its length. What a call answers are its
outputs; a failure is an Error. A callback takes handles, numbers and lists; a host function answers its results.
"""

import ctypes, itertools, json, pathlib

NUMBERS = {f"{name}_t": getattr(ctypes, f"c_{name}") for name in ("int32", "uint32", "int64", "uint64")}
NUMBERS |= {"size_t": ctypes.c_size_t, "double": ctypes.c_double, "char": ctypes.c_char, "uint8_t": ctypes.c_char}


class Error(Exception):
    """A status, and its name with the message."""


class Library:
    def __init__(self, library, description):
        abi, self._library = json.loads(pathlib.Path(description).read_text("utf-8")), ctypes.CDLL(library)
        self._kept, self._keys = {}, itertools.count(1)  # callbacks that the library holds, by their `env`
        self._c = NUMBERS | {"void": None} | {t["name"]: NUMBERS[t["c"]] for t in abi["types"]}
        self._callbacks = {c["name"]: c["params"] for c in abi["callbacks"]}
        self._c |= {c["name"]: self._prototype(c) for c in abi["callbacks"]}
        self._drop = self._c["wts_drop_t"](lambda key: self._kept.pop(key, None) and None)
        vars(self).update({c["name"].removeprefix("WTS_"): c["value"] for c in abi["constants"]})
        vars(self).update({f["name"].removeprefix("wts_"): self._function(f) for f in abi["functions"]})

    def _prototype(self, f):
        # Bytes, arrays and addresses can be given where a pointer is wanted.
        return ctypes.CFUNCTYPE(self._c[f["returns"]], *[self._c.get(p["type"], ctypes.c_void_p) for p in f["params"]])

    def _function(self, f):
        c = self._prototype(f)((f["name"], self._library))
        return lambda *given: self._call(c, f["params"], given)

    def _call(self, c, params, given, room=0):
        values, rest, key = {}, iter(given), next(self._keys)
        for p in params:
            values[p["name"]] = self._argument(p, p["role"], values, rest, room, key)
        status = c(*values.values())
        if "cap" in values and values["out_len"][0] > room:  # the first time, or it has grown since
            return self._call(c, params, given, values["out_len"][0])
        if status < 0:
            self._kept.pop(key, None)
            raise Error(status, f"{self.status_name(status)}: {self.error_message(0)}")
        outs = [self._output(p, values[p["name"]]) for p in params if p["role"] in ("buf", "out", "out_ptr")]
        return outs[0] if "cap" in values or len(outs) == 1 else tuple(outs) or status

    def _argument(self, p, role, values, rest, room, key):
        element = self._c.get(p.get("element"), ctypes.c_void_p)
        if role in ("out", "buf", "out_ptr"):
            return (element * (next(rest) if role == "out_ptr" else room if role == "buf" else 1))()
        if role in ("len", "cap"):
            return len(values[p["of"]])
        if role == "callback":  # kept until the library drops `env`, its key
            self._kept[key] = self._callback(p["type"], self._callbacks[p["type"]], next(rest))
        if role in ("callback", "env", "drop") and (role == "drop" or key in self._kept):
            return {"callback": self._kept.get(key), "env": key, "drop": self._drop}[role]
        given = text.encode() if isinstance(text := next(rest), str) else text
        return given if role != "in_ptr" or isinstance(given, (bytes, ctypes.Array)) else (element * len(given))(*given)

    def _output(self, p, array):
        value = array.raw if p["element"] in ("char", "uint8_t") else array[:]
        return value[0] if p["role"] == "out" else value.decode() if p["element"] == "char" else value

    def _callback(self, name, params, function):
        def callback(*raw):
            values = {p["name"]: value for p, value in zip(params, raw)}
            slices = [(p["name"], self._c[p["element"]] * values[p["len"]]) for p in params if "len" in p]
            values |= {slice: array.from_address(values[slice]) for slice, array in slices}
            try:
                answer = function(*[values[p["name"]] for p in params if p["role"] not in ("env", "len", "out_ptr")]) or ()
                if "results" in values:
                    values["results"][:] = answer
                return 0 if "results" in values else answer or 0
            except BaseException as error:  # must not pass through the library
                "caller" in values and self.caller_set_trap(values["caller"], self.TRAP_NONE, repr(error))
                return -1
        return self._c[name](callback)
