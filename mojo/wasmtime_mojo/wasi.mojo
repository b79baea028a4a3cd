"""What WASI gives to programs."""

from std.memory import ArcPointer

from ._box import (
    _check_kept,
    _env,
    _free_env,
    _heap,
    _HostEnv,
    _state,
    _Stateless,
)
from ._ffi import (
    Env,
    WasiInput,
    WasiNetwork,
    WasiOutput,
    WTS_ERR_RANGE,
    WTS_OK,
    WTS_PENDING,
    WTS_WASI_APPEND,
    WTS_WASI_READ_ONLY,
    WTS_WASI_READ_WRITE,
    WTS_WASI_STDERR,
    WTS_WASI_STDOUT,
    WTS_WASI_TCP_ACCEPT,
    WTS_WASI_TCP_BIND,
    WTS_WASI_TCP_CONNECT,
    WTS_WASI_TCP_LISTEN,
    WTS_WASI_TRUNCATE,
    WTS_WASI_UDP_BIND,
    WTS_WASI_UDP_RECEIVE,
    WTS_WASI_UDP_SEND,
)
from ._lib import _Library, _load, _take_buffer
from .error import WasmtimeError, _check, _error
from .types import Boxable

comptime _Bytes = Pointer[UInt8, ImmUntrackedOrigin]


@fieldwise_init
struct NetworkUse(Equatable, TrivialRegisterPassable):
    """What a guest wants to do with an address."""

    var code: Int32
    """One of the `WTS_WASI_TCP_*` and `WTS_WASI_UDP_*` numbers."""

    comptime TCP_BIND = Self(WTS_WASI_TCP_BIND)
    """To bind a TCP socket to its own address."""
    comptime TCP_LISTEN = Self(WTS_WASI_TCP_LISTEN)
    """To listen at its own address."""
    comptime TCP_ACCEPT = Self(WTS_WASI_TCP_ACCEPT)
    """To accept who connects from there."""
    comptime TCP_CONNECT = Self(WTS_WASI_TCP_CONNECT)
    """To connect to it."""
    comptime UDP_BIND = Self(WTS_WASI_UDP_BIND)
    """To bind a UDP socket to its own address."""
    comptime UDP_SEND = Self(WTS_WASI_UDP_SEND)
    """To send to it."""
    comptime UDP_RECEIVE = Self(WTS_WASI_UDP_RECEIVE)
    """To receive what comes from there."""


def _input_of[
    S: Boxable,
    E: Deinitable,
    //,
    f: def(mut S, Int) thin raises E -> Optional[List[UInt8]],
](
    env: Env,
    buf: Pointer[UInt8, MutUntrackedOrigin],
    capacity: Int,
    out_len: Pointer[Int, MutUntrackedOrigin],
) abi("C") -> Int32:
    """Is the C function of an input."""
    try:
        var more = f(_state[S](env), capacity)
        if not more:
            return WTS_PENDING
        ref bytes = more.value()
        if len(bytes) > capacity:
            return -1
        for index in range(len(bytes)):
            buf[unsafe_offset=index] = bytes[index]
        out_len[] = len(bytes)
        return WTS_OK
    except:
        return -1


def _output[
    E: Deinitable, //, f: def(Span[UInt8, _]) thin raises E -> None
](env: Env, data: _Bytes, length: Int) abi("C") -> Int32:
    """Is the C function of an output without state."""
    try:
        f(Span(unsafe_ptr=data, length=length))
        return WTS_OK
    except:
        return -1


def _output_of[
    S: Boxable,
    E: Deinitable,
    //,
    f: def(mut S, Span[UInt8, _]) thin raises E -> None,
](env: Env, data: _Bytes, length: Int) abi("C") -> Int32:
    """Is the C function of an output with state."""
    try:
        f(_state[S](env), Span(unsafe_ptr=data, length=length))
        return WTS_OK
    except:
        return -1


def _network_of[
    S: Boxable,
    E: Deinitable,
    //,
    f: def(mut S, StringSpan, Int, NetworkUse) thin raises E -> Bool,
](env: Env, address: _Bytes, length: Int, port: Int32, use: Int32) abi(
    "C"
) -> Int32:
    """Is the C function of a network."""
    try:
        var text = String(
            from_utf8_lossy=Span(unsafe_ptr=address, length=length)
        )
        var allowed = f(_state[S](env), text, Int(port), NetworkUse(use))
        return WTS_OK if allowed else 1
    except:
        return 1


struct _WasiInner(Movable):
    var lib: _Library
    var handle: UInt64

    def __init__(out self) raises WasmtimeError:
        self.lib = _load()
        var handle = UInt64(0)
        _check(self.lib, self.lib[].wasi_new(Pointer(to=handle)))
        self.handle = handle

    def __deinit__(deinit self):
        _ = self.lib[].wasi_delete(self.handle)


struct Wasi(ImplicitlyCopyable):
    """Says what WASI gives to programs.

    At first there are no arguments, variables or folders, no input, output that goes nowhere, the true time, true
    random numbers, and no network. Any number of stores may take it, each with a context of its own (`Store.set_wasi`);
    what is changed after that is for those that take it later. A copy is the same description.
    """

    var _inner: ArcPointer[_WasiInner]

    def __init__(out self) raises WasmtimeError:
        """Makes a description.

        Raises:
            WasmtimeError: If the library cannot be loaded or was built without WASI.
        """
        self._inner = ArcPointer(_WasiInner())

    def arg(self, text: StringSpan) raises WasmtimeError:
        """Adds an argument. The first is the program's name.

        Args:
            text: The argument.

        Raises:
            WasmtimeError: If there is a NUL in it.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_add_arg(
                inner.handle, text.unsafe_ptr(), text.byte_length()
            ),
        )

    def args(self, texts: List[String]) raises WasmtimeError:
        """Adds arguments. The first of all is the program's name.

        Args:
            texts: The arguments.

        Raises:
            WasmtimeError: If there is a NUL in one.
        """
        for text in texts:
            self.arg(text)

    def inherit_args(self) raises WasmtimeError:
        """Adds the arguments of this process, its name first.

        Raises:
            WasmtimeError: If one of them is not UTF-8.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].wasi_inherit_args(inner.handle))

    def env(self, name: StringSpan, value: StringSpan) raises WasmtimeError:
        """Sets an environment variable.

        Args:
            name: Its name.
            value: Its value.

        Raises:
            WasmtimeError: If there is no name, `=` in it, or a NUL.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_set_env(
                inner.handle,
                name.unsafe_ptr(),
                name.byte_length(),
                value.unsafe_ptr(),
                value.byte_length(),
            ),
        )

    def inherit_env(self) raises WasmtimeError:
        """Sets all environment variables of this process. Those that are not UTF-8 are left out.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].wasi_inherit_env(inner.handle))

    def open_dir(
        self,
        host_path: StringSpan,
        guest_path: StringSpan,
        *,
        writable: Bool = False,
    ) raises WasmtimeError:
        """Opens a folder of the host to guests, which get at what is below it and nothing else.

        Each store opens it anew, by the path where it is now: a link that is put there later is refused.

        Args:
            host_path: The folder.
            guest_path: The path under which guests see it, such as `/` or `data`.
            writable: Whether they write, make and remove in it, too.

        Raises:
            WasmtimeError: If there is no such folder, or another one has the guest path.
        """
        ref inner = self._inner[]
        var rights = WTS_WASI_READ_WRITE if writable else WTS_WASI_READ_ONLY
        _check(
            inner.lib,
            inner.lib[].wasi_open_dir(
                inner.handle,
                host_path.unsafe_ptr(),
                host_path.byte_length(),
                guest_path.unsafe_ptr(),
                guest_path.byte_length(),
                rights,
            ),
        )

    def stdin_bytes(self, bytes: Span[UInt8, _]) raises WasmtimeError:
        """Sets what guests read from their standard input: some bytes, which each store reads from their beginning.

        Args:
            bytes: The bytes, which are copied.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_stdin_bytes(
                inner.handle, bytes.unsafe_ptr(), len(bytes)
            ),
        )

    def stdin_text(self, text: StringSpan) raises WasmtimeError:
        """Sets what guests read from their standard input: some text, which each store reads from its beginning.

        Args:
            text: The text.

        Raises:
            WasmtimeError: If the library fails.
        """
        self.stdin_bytes(text.as_bytes())

    def stdin_file(self, path: StringSpan) raises WasmtimeError:
        """Sets what guests read from their standard input: a file, which each store reads from its beginning. A link
        that is put there later is refused.

        Args:
            path: The path of the file.

        Raises:
            WasmtimeError: If it cannot be read.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_stdin_file(
                inner.handle, path.unsafe_ptr(), path.byte_length()
            ),
        )

    def inherit_stdin(self) raises WasmtimeError:
        """Sets what guests read from their standard input: that of this process.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].wasi_stdin_inherit(inner.handle))

    def on_stdin[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Int) thin raises E -> Optional[List[UInt8]],
    ](self, var state: S) raises WasmtimeError:
        """Has a function asked for what guests read from their standard input.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; it gets the state and how many bytes may come at once. It returns some bytes, none at the
                end, or `None` while there is nothing yet: it is asked again some milliseconds later. What it raises is
                an error of the guest's read, `EIO`.

        Args:
            state: The state; it is destroyed when this and all stores that took it let go.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var function: WasiInput = _input_of[f]
        var status = inner.lib[].wasi_stdin_callback(
            inner.handle, function, _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def inherit_stdout(self) raises WasmtimeError:
        """Sends what guests write to their standard output to that of this process.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._inherit(WTS_WASI_STDOUT)

    def stdout_file(
        self, path: StringSpan, *, append: Bool = False
    ) raises WasmtimeError:
        """Sends what guests write to their standard output to a file, which is made if there is none.

        Args:
            path: The path of the file.
            append: Whether it keeps what it has; else it is emptied now.

        Raises:
            WasmtimeError: If it cannot be written.
        """
        self._file(WTS_WASI_STDOUT, path, append)

    def keep_stdout(self, max_bytes: Int = 1 << 20) raises WasmtimeError:
        """Keeps what guests write to their standard output, for `read_stdout`.

        Args:
            max_bytes: How much is kept; a guest that writes more gets an error, `ENOSPC`.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._keep(WTS_WASI_STDOUT, max_bytes)

    def read_stdout(
        self, *, take: Bool = False
    ) raises WasmtimeError -> List[UInt8]:
        """Gets what guests have written to their standard output up to now.

        Args:
            take: Whether to take it away, which makes room for more.

        Returns:
            The bytes.

        Raises:
            WasmtimeError: If it is not kept.
        """
        return self._read(WTS_WASI_STDOUT, take)

    def stdout_text(self, *, take: Bool = False) raises WasmtimeError -> String:
        """Gets what guests have written to their standard output up to now, as text.

        Args:
            take: Whether to take it away, which makes room for more.

        Returns:
            The text; what is not UTF-8 in it is replaced.

        Raises:
            WasmtimeError: If it is not kept.
        """
        return String(from_utf8_lossy=self._read(WTS_WASI_STDOUT, take))

    def on_stdout[
        E: Deinitable, //, f: def(Span[UInt8, _]) thin raises E -> None
    ](self) raises WasmtimeError:
        """Gives what guests write to their standard output to a function, as it comes.

        Parameters:
            E: What the function raises.
            f: The function; what it raises is an error of the guest's write, `EIO`.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._on_output(WTS_WASI_STDOUT, _output[f], _Stateless())

    def on_stdout[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Span[UInt8, _]) thin raises E -> None,
    ](self, var state: S) raises WasmtimeError:
        """Gives what guests write to their standard output to a function with state, as it comes.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; see the other overload.

        Args:
            state: The state; it is destroyed when this and all stores that took it let go.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._on_output(WTS_WASI_STDOUT, _output_of[f], state^)

    def inherit_stderr(self) raises WasmtimeError:
        """Sends what guests write to their standard error to that of this process.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._inherit(WTS_WASI_STDERR)

    def stderr_file(
        self, path: StringSpan, *, append: Bool = False
    ) raises WasmtimeError:
        """Sends what guests write to their standard error to a file, which is made if there is none.

        Args:
            path: The path of the file.
            append: Whether it keeps what it has; else it is emptied now.

        Raises:
            WasmtimeError: If it cannot be written.
        """
        self._file(WTS_WASI_STDERR, path, append)

    def keep_stderr(self, max_bytes: Int = 1 << 20) raises WasmtimeError:
        """Keeps what guests write to their standard error, for `read_stderr`.

        Args:
            max_bytes: How much is kept; a guest that writes more gets an error, `ENOSPC`.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._keep(WTS_WASI_STDERR, max_bytes)

    def read_stderr(
        self, *, take: Bool = False
    ) raises WasmtimeError -> List[UInt8]:
        """Gets what guests have written to their standard error up to now.

        Args:
            take: Whether to take it away, which makes room for more.

        Returns:
            The bytes.

        Raises:
            WasmtimeError: If it is not kept.
        """
        return self._read(WTS_WASI_STDERR, take)

    def stderr_text(self, *, take: Bool = False) raises WasmtimeError -> String:
        """Gets what guests have written to their standard error up to now, as text.

        Args:
            take: Whether to take it away, which makes room for more.

        Returns:
            The text; what is not UTF-8 in it is replaced.

        Raises:
            WasmtimeError: If it is not kept.
        """
        return String(from_utf8_lossy=self._read(WTS_WASI_STDERR, take))

    def on_stderr[
        E: Deinitable, //, f: def(Span[UInt8, _]) thin raises E -> None
    ](self) raises WasmtimeError:
        """Gives what guests write to their standard error to a function, as it comes.

        Parameters:
            E: What the function raises.
            f: The function; what it raises is an error of the guest's write, `EIO`.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._on_output(WTS_WASI_STDERR, _output[f], _Stateless())

    def on_stderr[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, Span[UInt8, _]) thin raises E -> None,
    ](self, var state: S) raises WasmtimeError:
        """Gives what guests write to their standard error to a function with state, as it comes.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; see the other overload.

        Args:
            state: The state; it is destroyed when this and all stores that took it let go.

        Raises:
            WasmtimeError: If the library fails.
        """
        self._on_output(WTS_WASI_STDERR, _output_of[f], state^)

    @doc_hidden
    def _inherit(self, output: Int32) raises WasmtimeError:
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].wasi_output_inherit(inner.handle, output))

    @doc_hidden
    def _file(
        self, output: Int32, path: StringSpan, append: Bool
    ) raises WasmtimeError:
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_output_file(
                inner.handle,
                output,
                path.unsafe_ptr(),
                path.byte_length(),
                WTS_WASI_APPEND if append else WTS_WASI_TRUNCATE,
            ),
        )

    @doc_hidden
    def _keep(self, output: Int32, max_bytes: Int) raises WasmtimeError:
        ref inner = self._inner[]
        if max_bytes < 0:
            raise _error(
                inner.lib,
                WTS_ERR_RANGE,
                String("no output keeps ", max_bytes, " bytes"),
            )
        _check(
            inner.lib,
            inner.lib[].wasi_output_buffer(inner.handle, output, max_bytes),
        )

    @doc_hidden
    def _read(
        self, output: Int32, take: Bool
    ) raises WasmtimeError -> List[UInt8]:
        ref inner = self._inner[]
        var buffer = UInt64(0)
        _check(
            inner.lib,
            inner.lib[].wasi_read_output(
                inner.handle, output, Int32(take), Pointer(to=buffer)
            ),
        )
        return _take_buffer(inner.lib, buffer)

    @doc_hidden
    def _on_output[
        S: Boxable
    ](
        self, output: Int32, function: WasiOutput, var state: S
    ) raises WasmtimeError:
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var status = inner.lib[].wasi_output_callback(
            inner.handle, output, function, _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def fix_clocks(
        self, *, start_ns: UInt64, step_ns: UInt64
    ) raises WasmtimeError:
        """Replaces the clocks of guests by such that go on whenever they are read. Sleeping takes its time all the
        same.

        Args:
            start_ns: Where the wall clock begins, in nanoseconds since 1970; the monotonic one begins at 0.
            step_ns: By how much each goes on, in nanoseconds.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_fix_clocks(inner.handle, start_ns, step_ns),
        )

    def seed_random(self, seed: UInt64) raises WasmtimeError:
        """Replaces the random numbers of guests by those that follow from a seed.

        Args:
            seed: The seed.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(inner.lib, inner.lib[].wasi_seed_random(inner.handle, seed))

    def allow_network(
        self,
        addresses: StringSpan,
        *,
        first_port: Int = 0,
        last_port: Int = 65535,
    ) raises WasmtimeError:
        """Opens addresses of the network to guests of WASI 0.2.

        Args:
            addresses: An address, such as `127.0.0.1`, or one with the number of bits that others have in common with
                it, such as `10.0.0.0/8`.
            first_port: The first of their ports.
            last_port: The last of their ports.

        Raises:
            WasmtimeError: If these are no addresses or ports.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_allow_network(
                inner.handle,
                addresses.unsafe_ptr(),
                addresses.byte_length(),
                self._port(first_port),
                self._port(last_port),
            ),
        )

    @doc_hidden
    def _port(self, port: Int) raises WasmtimeError -> Int32:
        if port < 0 or port > 65535:
            raise _error(
                self._inner[].lib,
                WTS_ERR_RANGE,
                String("there is no port ", port, ": they are 0 to 65535"),
            )
        return Int32(port)

    def on_network[
        S: Boxable,
        E: Deinitable,
        //,
        f: def(mut S, StringSpan, Int, NetworkUse) thin raises E -> Bool,
    ](self, var state: S) raises WasmtimeError:
        """Has a function decide on each use of the network by guests of WASI 0.2, on any thread.

        Parameters:
            S: The type of the state.
            E: What the function raises.
            f: The function; it gets the state, an address, a port and the use, and returns whether to allow it. What
                raises does not.

        Args:
            state: The state; it is destroyed when this and all stores that took it let go.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        var env = _heap(_HostEnv(inner.lib, state^))
        var function: WasiNetwork = _network_of[f]
        var status = inner.lib[].wasi_network_callback(
            inner.handle, function, _env(env), _free_env[_HostEnv[S]]
        )
        _check_kept(inner.lib, status, env)

    def allow_name_lookup(self, allow: Bool = True) raises WasmtimeError:
        """Says whether guests of WASI 0.2 look up the addresses of names.

        Args:
            allow: Whether they do.

        Raises:
            WasmtimeError: If the library fails.
        """
        ref inner = self._inner[]
        _check(
            inner.lib,
            inner.lib[].wasi_allow_name_lookup(inner.handle, Int32(allow)),
        )
