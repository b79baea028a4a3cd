"""Ordinary Mojo functions as host functions.

Mojo infers the types of a function when each arity has its own overload, so there is one for each of 0 to 8 parameters,
with and without a result, with and without state, and with and without the caller. The documented overloads stand for
all of them.
"""

from ._box import _env, _free_env, _heap, _HostEnv, _state, _Stateless
from ._ffi import Args, Callback, Drop, Env, Results
from ._lib import _Library
from ._slots import _func_type, _give_results
from .caller import Caller
from .error import WasmtimeError
from .types import Boxable, FuncType, WasmTy


def _trampoline[
    body: def(mut Caller, Env, Args, Results) thin raises WasmtimeError
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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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
    _give_results(caller._lib[], result, results)


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

    A function takes and returns `Int32`, `UInt32`, `Bool`, `Int64`, `UInt64`, `Float32`, `Float64`, `Func`, `ExternRef`,
    `Optional[Func]` or `Optional[ExternRef]`; several results are a `Results2` and so on. It has up to 8 parameters,
    before them if it likes `mut state: S` and `mut caller: Caller`, in this order. What it raises becomes a trap with
    the message of the error.
    """

    @doc_hidden
    def _library(self) -> _Library:
        ...

    @doc_hidden
    def _define_host(
        self,
        module: StringSpan,
        name: StringSpan,
        type: FuncType,
        function: Callback,
        env: Env,
        drop: Drop,
    ) raises WasmtimeError:
        """Registers; on failure nothing was taken and `drop` has run."""
        ...

    @doc_hidden
    def _define_stateful[
        S: Boxable
    ](
        self,
        module: StringSpan,
        name: StringSpan,
        type: FuncType,
        function: Callback,
        var state: S,
    ) raises WasmtimeError:
        var env = _heap(_HostEnv(self._library(), state^))
        self._define_host(
            module, name, type, function, _env(env), _free_env[_HostEnv[S]]
        )

    @doc_hidden
    def _define_plain(
        self,
        module: StringSpan,
        name: StringSpan,
        type: FuncType,
        function: Callback,
    ) raises WasmtimeError:
        self._define_stateful(module, name, type, function, _Stateless())

    @doc_hidden
    def func[
        R: WasmTy, E: Deinitable, //, f: def() thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[R](), _trampoline[_plain0[f]]
        )

    @doc_hidden
    def func[
        E: Deinitable, //, f: def() thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[NoneType](), _trampoline[_plain0_none[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy, R: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[R, A0](), _trampoline[_plain1[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy, E: Deinitable, //, f: def(A0) thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0](),
            _trampoline[_plain1_none[f]],
        )

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
            module: The first of the two names.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain(
            module, name, _func_type[R, A0, A1](), _trampoline[_plain2[f]]
        )

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
            module: The first of the two names.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1](),
            _trampoline[_plain2_none[f]],
        )

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
        self._define_plain(
            module, name, _func_type[R, A0, A1, A2](), _trampoline[_plain3[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2](),
            _trampoline[_plain3_none[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3](),
            _trampoline[_plain4[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3](),
            _trampoline[_plain4_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4](),
            _trampoline[_plain5[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4](),
            _trampoline[_plain5_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5](),
            _trampoline[_plain6[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5](),
            _trampoline[_plain6_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_plain7[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_plain7_none[f]],
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
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_plain8[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_plain8_none[f]],
        )

    @doc_hidden
    def func[
        R: WasmTy, E: Deinitable, //, f: def(mut Caller) thin raises E -> R
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[R](), _trampoline[_caller0[f]]
        )

    @doc_hidden
    def func[
        E: Deinitable, //, f: def(mut Caller) thin raises E -> None
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[NoneType](), _trampoline[_caller0_none[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module, name, _func_type[R, A0](), _trampoline[_caller1[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0](),
            _trampoline[_caller1_none[f]],
        )

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
            module: The first of the two names.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain(
            module, name, _func_type[R, A0, A1](), _trampoline[_caller2[f]]
        )

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
            module: The first of the two names.
            name: The second of the two names.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1](),
            _trampoline[_caller2_none[f]],
        )

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
        self._define_plain(
            module, name, _func_type[R, A0, A1, A2](), _trampoline[_caller3[f]]
        )

    @doc_hidden
    def func[
        A0: WasmTy,
        A1: WasmTy,
        A2: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2) thin raises E -> None,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2](),
            _trampoline[_caller3_none[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3](),
            _trampoline[_caller4[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3](),
            _trampoline[_caller4_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4](),
            _trampoline[_caller5[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4](),
            _trampoline[_caller5_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5](),
            _trampoline[_caller6[f]],
        )

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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5](),
            _trampoline[_caller6_none[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_caller7[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_caller7_none[f]],
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
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut Caller, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](self, module: StringSpan, name: StringSpan) raises WasmtimeError:
        self._define_plain(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_caller8[f]],
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
        self._define_plain(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_caller8_none[f]],
        )

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
        self._define_stateful(
            module, name, _func_type[R](), _trampoline[_state0[f]], state^
        )

    @doc_hidden
    def func[
        S: Boxable, E: Deinitable, //, f: def(mut S) thin raises E -> None
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful(
            module,
            name,
            _func_type[NoneType](),
            _trampoline[_state0_none[f]],
            state^,
        )

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
        self._define_stateful(
            module, name, _func_type[R, A0](), _trampoline[_state1[f]], state^
        )

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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0](),
            _trampoline[_state1_none[f]],
            state^,
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
            module: The first of the two names.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1](),
            _trampoline[_state2[f]],
            state^,
        )

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
            module: The first of the two names.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1](),
            _trampoline[_state2_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2](),
            _trampoline[_state3[f]],
            state^,
        )

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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2](),
            _trampoline[_state3_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3](),
            _trampoline[_state4[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3](),
            _trampoline[_state4_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4](),
            _trampoline[_state5[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4](),
            _trampoline[_state5_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5](),
            _trampoline[_state6[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5](),
            _trampoline[_state6_none[f]],
            state^,
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
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_state7[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_state7_none[f]],
            state^,
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
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(mut S, A0, A1, A2, A3, A4, A5, A6, A7) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_state8[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_state8_none[f]],
            state^,
        )

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
        self._define_stateful(
            module, name, _func_type[R](), _trampoline[_both0[f]], state^
        )

    @doc_hidden
    def func[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, mut Caller) thin raises E -> None,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful(
            module,
            name,
            _func_type[NoneType](),
            _trampoline[_both0_none[f]],
            state^,
        )

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
        self._define_stateful(
            module, name, _func_type[R, A0](), _trampoline[_both1[f]], state^
        )

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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0](),
            _trampoline[_both1_none[f]],
            state^,
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
            module: The first of the two names.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1](),
            _trampoline[_both2[f]],
            state^,
        )

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
            module: The first of the two names.
            name: The second of the two names.
            state: The state; it is destroyed once, when nothing can call the function any more.

        Raises:
            WasmtimeError: If the two names are defined already.
        """
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1](),
            _trampoline[_both2_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2](),
            _trampoline[_both3[f]],
            state^,
        )

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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2](),
            _trampoline[_both3_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3](),
            _trampoline[_both4[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3](),
            _trampoline[_both4_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4](),
            _trampoline[_both5[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4](),
            _trampoline[_both5_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5](),
            _trampoline[_both6[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5](),
            _trampoline[_both6_none[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_both7[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6](),
            _trampoline[_both7_none[f]],
            state^,
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
        R: WasmTy,
        E: Deinitable,
        //,
        f: def(
            mut S, mut Caller, A0, A1, A2, A3, A4, A5, A6, A7
        ) thin raises E -> R,
    ](
        self, module: StringSpan, name: StringSpan, var state: S
    ) raises WasmtimeError:
        self._define_stateful(
            module,
            name,
            _func_type[R, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_both8[f]],
            state^,
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
        self._define_stateful(
            module,
            name,
            _func_type[NoneType, A0, A1, A2, A3, A4, A5, A6, A7](),
            _trampoline[_both8_none[f]],
            state^,
        )
