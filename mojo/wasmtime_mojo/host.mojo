"""Ordinary Mojo functions as host functions.

Mojo infers the types of a function when each arity has its own overload, so there is one for each of 0 to 8 parameters,
with and without a result, with and without state, and with and without the caller. The documented overloads stand for
all of them.
"""

from ._box import _env, _free_env, _heap, _HostEnv, _state, _Stateless
from ._ffi import Args, Drop, Env, Results
from ._lib import _Library
from .caller import Caller
from .error import WasmtimeError
from .types import Boxable, WasmTy


comptime _Body = def(mut Caller, Env, Args, Results) thin raises WasmtimeError
"""Calls a host function with the arguments of one call."""


def _trampoline[
    body: _Body
](
    env: Env,
    caller: UInt64,
    args: Args,
    nargs: Int,
    results: Results,
    nresults: Int,
) abi("C") -> Int32:
    """Is the C function of every host function."""
    var who = Caller(env, caller)
    try:
        body(who, env, args, results)
        return 0
    except e:
        return who._fail(e)


@no_inline
def _host_error[E: Deinitable](error: E) -> WasmtimeError:
    """Makes what a host function raised an error that traps."""
    comptime if E == WasmtimeError:
        return rebind[WasmtimeError](error).copy()
    elif conforms_to(E, Writable):
        return WasmtimeError.trap(0, String(error))
    else:
        return WasmtimeError.trap(
            0, "the host function raised an error that has no text"
        )


@always_inline
def _plain0[
    R: WasmTy, E: Deinitable, //, f: def() thin raises E -> R
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var result: R
    try:
        result = f()
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain0_none[
    E: Deinitable, //, f: def() thin raises E -> None
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    try:
        f()
    except e:
        raise _host_error(e)


@always_inline
def _plain1[
    A0: WasmTy, R: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> R
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var result: R
    try:
        result = f(a0)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain1_none[
    A0: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> None
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    try:
        f(a0)
    except e:
        raise _host_error(e)


@always_inline
def _plain2[
    A0: WasmTy,
    A1: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var result: R
    try:
        result = f(a0, a1)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain2_none[
    A0: WasmTy,
    A1: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    try:
        f(a0, a1)
    except e:
        raise _host_error(e)


@always_inline
def _plain3[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var result: R
    try:
        result = f(a0, a1, a2)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain3_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    try:
        f(a0, a1, a2)
    except e:
        raise _host_error(e)


@always_inline
def _plain4[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var result: R
    try:
        result = f(a0, a1, a2, a3)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain4_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    try:
        f(a0, a1, a2, a3)
    except e:
        raise _host_error(e)


@always_inline
def _plain5[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var result: R
    try:
        result = f(a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain5_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    try:
        f(a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)


@always_inline
def _plain6[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var result: R
    try:
        result = f(a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain6_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    try:
        f(a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)


@always_inline
def _plain7[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var result: R
    try:
        result = f(a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain7_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    try:
        f(a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)


@always_inline
def _plain8[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    var result: R
    try:
        result = f(a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _plain8_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    E: Deinitable,
    //,
    f: def(A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    try:
        f(a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)


@always_inline
def _caller0[
    R: WasmTy, E: Deinitable, //, f: def(mut Caller) thin raises E -> R
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var result: R
    try:
        result = f(caller)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller0_none[
    E: Deinitable, //, f: def(mut Caller) thin raises E -> None
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    try:
        f(caller)
    except e:
        raise _host_error(e)


@always_inline
def _caller1[
    A0: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var result: R
    try:
        result = f(caller, a0)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller1_none[
    A0: WasmTy, E: Deinitable, //, f: def(mut Caller, A0) thin raises E -> None
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    try:
        f(caller, a0)
    except e:
        raise _host_error(e)


@always_inline
def _caller2[
    A0: WasmTy,
    A1: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var result: R
    try:
        result = f(caller, a0, a1)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller2_none[
    A0: WasmTy,
    A1: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    try:
        f(caller, a0, a1)
    except e:
        raise _host_error(e)


@always_inline
def _caller3[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var result: R
    try:
        result = f(caller, a0, a1, a2)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller3_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    try:
        f(caller, a0, a1, a2)
    except e:
        raise _host_error(e)


@always_inline
def _caller4[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var result: R
    try:
        result = f(caller, a0, a1, a2, a3)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller4_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    try:
        f(caller, a0, a1, a2, a3)
    except e:
        raise _host_error(e)


@always_inline
def _caller5[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var result: R
    try:
        result = f(caller, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller5_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    try:
        f(caller, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)


@always_inline
def _caller6[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var result: R
    try:
        result = f(caller, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller6_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    try:
        f(caller, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)


@always_inline
def _caller7[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var result: R
    try:
        result = f(caller, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller7_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    try:
        f(caller, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)


@always_inline
def _caller8[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    var result: R
    try:
        result = f(caller, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _caller8_none[
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    E: Deinitable,
    //,
    f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    try:
        f(caller, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)


@always_inline
def _state0[
    S: Boxable, R: WasmTy, E: Deinitable, //, f: def(mut S) thin raises E -> R
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var result: R
    try:
        result = f(state)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state0_none[
    S: Boxable, E: Deinitable, //, f: def(mut S) thin raises E -> None
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    try:
        f(state)
    except e:
        raise _host_error(e)


@always_inline
def _state1[
    S: Boxable,
    A0: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var result: R
    try:
        result = f(state, a0)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state1_none[
    S: Boxable,
    A0: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    try:
        f(state, a0)
    except e:
        raise _host_error(e)


@always_inline
def _state2[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var result: R
    try:
        result = f(state, a0, a1)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state2_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    try:
        f(state, a0, a1)
    except e:
        raise _host_error(e)


@always_inline
def _state3[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var result: R
    try:
        result = f(state, a0, a1, a2)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state3_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    try:
        f(state, a0, a1, a2)
    except e:
        raise _host_error(e)


@always_inline
def _state4[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var result: R
    try:
        result = f(state, a0, a1, a2, a3)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state4_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    try:
        f(state, a0, a1, a2, a3)
    except e:
        raise _host_error(e)


@always_inline
def _state5[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var result: R
    try:
        result = f(state, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state5_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    try:
        f(state, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)


@always_inline
def _state6[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var result: R
    try:
        result = f(state, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state6_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    try:
        f(state, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)


@always_inline
def _state7[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var result: R
    try:
        result = f(state, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state7_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    try:
        f(state, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)


@always_inline
def _state8[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    var result: R
    try:
        result = f(state, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _state8_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    try:
        f(state, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)


@always_inline
def _both0[
    S: Boxable,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var result: R
    try:
        result = f(state, caller)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both0_none[
    S: Boxable,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    try:
        f(state, caller)
    except e:
        raise _host_error(e)


@always_inline
def _both1[
    S: Boxable,
    A0: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var result: R
    try:
        result = f(state, caller, a0)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both1_none[
    S: Boxable,
    A0: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    try:
        f(state, caller, a0)
    except e:
        raise _host_error(e)


@always_inline
def _both2[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var result: R
    try:
        result = f(state, caller, a0, a1)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both2_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    try:
        f(state, caller, a0, a1)
    except e:
        raise _host_error(e)


@always_inline
def _both3[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both3_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    try:
        f(state, caller, a0, a1, a2)
    except e:
        raise _host_error(e)


@always_inline
def _both4[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2, a3)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both4_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    try:
        f(state, caller, a0, a1, a2, a3)
    except e:
        raise _host_error(e)


@always_inline
def _both5[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both5_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    try:
        f(state, caller, a0, a1, a2, a3, a4)
    except e:
        raise _host_error(e)


@always_inline
def _both6[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both6_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    try:
        f(state, caller, a0, a1, a2, a3, a4, a5)
    except e:
        raise _host_error(e)


@always_inline
def _both7[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both7_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    E: Deinitable,
    //,
    f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    try:
        f(state, caller, a0, a1, a2, a3, a4, a5, a6)
    except e:
        raise _host_error(e)


@always_inline
def _both8[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    R: WasmTy,
    E: Deinitable,
    //,
    f: def(
        mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
    ) thin raises E -> R,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    var result: R
    try:
        result = f(state, caller, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)
    caller._give_results(result, results)


@always_inline
def _both8_none[
    S: Boxable,
    A0: WasmTy,
    A1: WasmTy,
    A2: WasmTy,
    A3: WasmTy,
    A4: WasmTy,
    A5: WasmTy,
    A6: WasmTy,
    A7: WasmTy,
    E: Deinitable,
    //,
    f: def(
        mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
    ) thin raises E -> None,
](
    mut caller: Caller, env: Env, args: Args, results: Results
) raises WasmtimeError:
    ref state = _state[S](env)
    var a0 = caller._arg[A0](args[unsafe_offset=0])
    var a1 = caller._arg[A1](args[unsafe_offset=1])
    var a2 = caller._arg[A2](args[unsafe_offset=2])
    var a3 = caller._arg[A3](args[unsafe_offset=3])
    var a4 = caller._arg[A4](args[unsafe_offset=4])
    var a5 = caller._arg[A5](args[unsafe_offset=5])
    var a6 = caller._arg[A6](args[unsafe_offset=6])
    var a7 = caller._arg[A7](args[unsafe_offset=7])
    try:
        f(state, caller, a0, a1, a2, a3, a4, a5, a6, a7)
    except e:
        raise _host_error(e)


trait HostFuncs:
    """Takes ordinary Mojo functions as host functions.

    A function for modules takes and returns `Int32`, `UInt32`, `Bool`, `Int64`, `UInt64`, `Float32`, `Float64`, `Func`,
    `ExternRef`, `Optional[Func]` or `Optional[ExternRef]`; several results are a `Results2` and so on. One for components
    takes and returns `Bool`, `Int8` to `Int64`, `UInt8` to `UInt64`, `Float32`, `Float64` and `Codepoint`, and besides one
    `String` or `List[UInt8]` as a parameter and one as the result; a component that imports it with other types fails when
    it calls it. A function has up to 8 parameters, before them if it likes `mut state: S` and `mut caller: Caller`, in this
    order. What it raises becomes a trap with the message of the error.
    """

    @doc_hidden
    def _library(self) -> _Library:
        ...

    @doc_hidden
    def _define_host[
        body: _Body, R: WasmTy, *Ps: WasmTy
    ](
        self, module: StringSpan, name: StringSpan, env: Env, drop: Drop
    ) raises WasmtimeError:
        """Registers; on failure nothing was taken and `drop` has run."""
        ...

    @doc_hidden
    def _define_stateful[
        S: Boxable, //, body: _Body, R: WasmTy, *Ps: WasmTy
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        var env = _heap(_HostEnv(self._library(), state^))
        self._define_host[body, R, *Ps](
            module, name, _env(env), _free_env[_HostEnv[S]]
        )

    @doc_hidden
    def _define_plain[
        body: _Body, R: WasmTy, *Ps: WasmTy
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_stateful[body, R, *Ps](module, name, _Stateless())

    @doc_hidden
    def func[
        R: WasmTy, E: Deinitable, //, f: def() thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain0[f], R](module, name)

    @doc_hidden
    def func[
        E: Deinitable, //, f: def() thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain0_none[f], NoneType](module, name)

    @doc_hidden
    def func[
        A0: WasmTy, R: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain1[f], R, A0](module, name)

    @doc_hidden
    def func[
        A0: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain1_none[f], NoneType, A0](module, name)

    def func[
        A0: WasmTy,
        A1: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        """Defines a Mojo function.

        Parameters:
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            R: The type of the result.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain[_plain2[f], R, A0, A1](module, name)

    def func[
        A0: WasmTy,
        A1: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        """Defines a Mojo function, without a result.

        Parameters:
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain[_plain2_none[f], NoneType, A0, A1](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain3[f], R, A0, A1, A2](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain3_none[f], NoneType, A0, A1, A2](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain4[f], R, A0, A1, A2, A3](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain4_none[f], NoneType, A0, A1, A2, A3](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain5[f], R, A0, A1, A2, A3, A4](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain5_none[f], NoneType, A0, A1, A2, A3, A4](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain6[f], R, A0, A1, A2, A3, A4, A5](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain6_none[f], NoneType, A0, A1, A2, A3, A4, A5](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain7[f], R, A0, A1, A2, A3, A4, A5, A6](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[
            _plain7_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6
        ](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_plain8[f], R, A0, A1, A2, A3, A4, A5, A6, A7](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[
            _plain8_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6, A7
        ](module, name)

    @doc_hidden
    def func[
        R: WasmTy, E: Deinitable, //, f: def(mut Caller) thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller0[f], R](module, name)

    @doc_hidden
    def func[
        E: Deinitable, //, f: def(mut Caller) thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller0_none[f], NoneType](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller1[f], R, A0](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller1_none[f], NoneType, A0](module, name)

    def func[
        A0: WasmTy,
        A1: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        """Defines a Mojo function that looks at its caller.

        Parameters:
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            R: The type of the result.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain[_caller2[f], R, A0, A1](module, name)

    def func[
        A0: WasmTy,
        A1: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        """Defines a Mojo function that looks at its caller, without a result.

        Parameters:
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain[_caller2_none[f], NoneType, A0, A1](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller3[f], R, A0, A1, A2](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller3_none[f], NoneType, A0, A1, A2](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller4[f], R, A0, A1, A2, A3](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller4_none[f], NoneType, A0, A1, A2, A3](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller5[f], R, A0, A1, A2, A3, A4](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller5_none[f], NoneType, A0, A1, A2, A3, A4](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller6[f], R, A0, A1, A2, A3, A4, A5](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller6_none[f], NoneType, A0, A1, A2, A3, A4, A5](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller7[f], R, A0, A1, A2, A3, A4, A5, A6](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[
            _caller7_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6
        ](module, name)

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[_caller8[f], R, A0, A1, A2, A3, A4, A5, A6, A7](
            module, name
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
        ) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain[
            _caller8_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6, A7
        ](module, name)

    @doc_hidden
    def func[
        S: Boxable,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state0[f], R](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable, E: Deinitable, //, f: def(mut S) thin raises E -> None
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state0_none[f], NoneType](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state1[f], R, A0](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state1_none[f], NoneType, A0](
            module, name, state^
        )

    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        """Defines a Mojo function with state.

        Parameters:
            S: The type of the state.
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            R: The type of the result.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful[_state2[f], R, A0, A1](module, name, state^)

    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        """Defines a Mojo function with state, without a result.

        Parameters:
            S: The type of the state.
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful[_state2_none[f], NoneType, A0, A1](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state3[f], R, A0, A1, A2](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state3_none[f], NoneType, A0, A1, A2](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state4[f], R, A0, A1, A2, A3](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state4_none[f], NoneType, A0, A1, A2, A3](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state5[f], R, A0, A1, A2, A3, A4](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state5_none[f], NoneType, A0, A1, A2, A3, A4](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state6[f], R, A0, A1, A2, A3, A4, A5](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[
            _state6_none[f], NoneType, A0, A1, A2, A3, A4, A5
        ](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state7[f], R, A0, A1, A2, A3, A4, A5, A6](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[
            _state7_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6
        ](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_state8[f], R, A0, A1, A2, A3, A4, A5, A6, A7](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[
            _state8_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6, A7
        ](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both0[f], R](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both0_none[f], NoneType](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both1[f], R, A0](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both1_none[f], NoneType, A0](
            module, name, state^
        )

    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        """Defines a Mojo function with state that looks at its caller.

        Parameters:
            S: The type of the state.
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            R: The type of the result.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful[_both2[f], R, A0, A1](module, name, state^)

    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        """Defines a Mojo function with state that looks at its caller, without a result.

        Parameters:
            S: The type of the state.
            A0: The type of the first parameter.
            A1: The type of the second parameter.
            E: What it raises.
            f: The function.

        Args:
            module: The first of the two names; for components the instance, empty for none.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful[_both2_none[f], NoneType, A0, A1](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both3[f], R, A0, A1, A2](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both3_none[f], NoneType, A0, A1, A2](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both4[f], R, A0, A1, A2, A3](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both4_none[f], NoneType, A0, A1, A2, A3](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3, A4) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both5[f], R, A0, A1, A2, A3, A4](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3, A4) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both5_none[f], NoneType, A0, A1, A2, A3, A4](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both6[f], R, A0, A1, A2, A3, A4, A5](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller, A0, A1, A2, A3, A4, A5) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both6_none[f], NoneType, A0, A1, A2, A3, A4, A5](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6
        ) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both7[f], R, A0, A1, A2, A3, A4, A5, A6](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6
        ) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[
            _both7_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6
        ](module, name, state^)

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
        ) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[_both8[f], R, A0, A1, A2, A3, A4, A5, A6, A7](
            module, name, state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        A3: WasmTy,
        A4: WasmTy,
        A5: WasmTy,
        A6: WasmTy,
        A7: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
        ) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful[
            _both8_none[f], NoneType, A0, A1, A2, A3, A4, A5, A6, A7
        ](module, name, state^)
