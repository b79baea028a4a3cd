//! What a description becomes for one store.

use super::streams::{AskedInput, Input, Sink, Source};
use super::{Clocks, Description, InputFrom, OutputTo, inherited, io_failure};
use crate::abi::*;
use crate::boundary::Result;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use wasmtime_wasi::p1::WasiP1Ctx;
use wasmtime_wasi::sockets::SocketAddrUse;
use wasmtime_wasi::{FsPerms, HostMonotonicClock, HostWallClock, WasiCtxBuilder, WasiView as _};

/// So many pollables, streams, files and sockets a guest has at most. Some keep 64 KiB of what is read or written.
const MOST_RESOURCES: usize = 1 << 14;

fn build(builder: &mut WasiCtxBuilder) -> WasiP1Ctx {
    let mut made = builder.build_p1();
    made.ctx().table.set_max_capacity(MOST_RESOURCES);
    made
}

/// What a store has of WASI.
pub(crate) struct State {
    pub wasi: WasiP1Ctx,
    #[cfg(feature = "http")]
    pub http: super::http::Client,
}

impl Default for State {
    /// Nothing is allowed.
    fn default() -> Self {
        State {
            wasi: build(&mut WasiCtxBuilder::new()),
            #[cfg(feature = "http")]
            http: Default::default(),
        }
    }
}

/// Makes what a store has of WASI.
pub(crate) fn new(description: &Description) -> Result<State> {
    let mut builder = WasiCtxBuilder::new();
    builder.args(&description.args).envs(&description.env).allow_ip_name_lookup(description.name_lookup);
    if let Some(source) = source(&description.stdin)? {
        builder.stdin(Input::new(source));
    }
    if let Some(sink) = sink(&description.stdout)? {
        builder.stdout(sink);
    }
    if let Some(sink) = sink(&description.stderr)? {
        builder.stderr(sink);
    }
    for folder in &description.folders {
        let rights = if folder.writable { FsPerms::ReadWrite } else { FsPerms::ReadOnly };
        let host = folder.host.open()?;
        let path = folder.host.path_of(&host);
        if let Err(error) = builder.preopened_dir(&path, &folder.guest, rights) {
            return io_failure("opened", &path, &error);
        }
    }
    if let Some(Clocks { start, step }) = description.clocks {
        builder.wall_clock(Counter::new(start, step)).monotonic_clock(Counter::new(0, step));
    }
    if let Some(seed) = description.seed {
        builder.secure_random(Seeded::new("secure", seed)).insecure_random(Seeded::new("insecure", seed));
        builder.insecure_random_seed(seed.into());
    }
    if !description.network.is_off() {
        let network = description.network.clone();
        builder.allow_tcp(true).allow_udp(true).socket_addr_check(move |address, use_| {
            // Wasmtime asks inside of the runtime, where no callback could wait for the WASI of another store.
            let allows = tokio::task::block_in_place(|| network.allows(address, number(use_)));
            Box::pin(std::future::ready(allows))
        });
    }
    Ok(State {
        wasi: build(&mut builder),
        #[cfg(feature = "http")]
        http: super::http::Client::new(&description.network, description.name_lookup),
    })
}

fn number(use_: SocketAddrUse) -> i32 {
    match use_ {
        SocketAddrUse::TcpBind => WTS_WASI_TCP_BIND,
        SocketAddrUse::TcpListen => WTS_WASI_TCP_LISTEN,
        SocketAddrUse::TcpAccept => WTS_WASI_TCP_ACCEPT,
        SocketAddrUse::TcpConnect => WTS_WASI_TCP_CONNECT,
        SocketAddrUse::UdpBind => WTS_WASI_UDP_BIND,
        SocketAddrUse::UdpSend => WTS_WASI_UDP_SEND,
        SocketAddrUse::UdpReceive => WTS_WASI_UDP_RECEIVE,
    }
}

fn source(from: &InputFrom) -> Result<Option<Source>> {
    Ok(Some(match from {
        InputFrom::Nothing => return Ok(None),
        InputFrom::Bytes(bytes) => Source::Bytes(bytes.clone(), 0),
        InputFrom::File(place) => Source::File(Arc::new(place.open()?)),
        InputFrom::Process => Source::File(Arc::new(inherited(&std::io::stdin(), "input")?)),
        InputFrom::Callback(callback) => Source::Callback(AskedInput::new(callback.clone())),
    }))
}

fn sink(to: &OutputTo) -> Result<Option<Sink>> {
    Ok(Some(match to {
        OutputTo::Nothing => return Ok(None),
        OutputTo::Stdout => Sink::File(Arc::new(inherited(&std::io::stdout(), "output")?)),
        OutputTo::Stderr => Sink::File(Arc::new(inherited(&std::io::stderr(), "error")?)),
        OutputTo::File(file) => Sink::File(file.clone()),
        OutputTo::Kept(kept) => Sink::Kept(kept.clone()),
        OutputTo::Callback(callback) => Sink::Callback(callback.clone()),
    }))
}

/// A clock that goes on by one step each time it is read.
struct Counter {
    next: AtomicU64,
    step: u64,
}

impl Counter {
    fn new(start: u64, step: u64) -> Self {
        Counter { next: AtomicU64::new(start), step }
    }

    fn read(&self) -> u64 {
        let read = |time: u64| Some(time.saturating_add(self.step));
        self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, read).unwrap_or_else(|time| time)
    }
}

impl HostWallClock for Counter {
    fn resolution(&self) -> Duration {
        Duration::from_nanos(self.step.max(1))
    }

    fn now(&self) -> Duration {
        Duration::from_nanos(self.read())
    }
}

impl HostMonotonicClock for Counter {
    fn resolution(&self) -> u64 {
        self.step.max(1)
    }

    fn now(&self) -> u64 {
        self.read()
    }
}

/// Bytes that follow from a seed, the same in each version of the library: BLAKE3's output of any length.
struct Seeded(blake3::OutputReader);

impl Seeded {
    fn new(use_: &str, seed: u64) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key(&format!("wasmtime-shim WASI {use_} random numbers"));
        Seeded(hasher.update(&seed.to_le_bytes()).finalize_xof())
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill(&mut bytes);
        bytes
    }
}

impl rand_core::TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> std::result::Result<u32, Infallible> {
        Ok(u32::from_le_bytes(self.bytes()))
    }

    fn try_next_u64(&mut self) -> std::result::Result<u64, Infallible> {
        Ok(u64::from_le_bytes(self.bytes()))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> std::result::Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}
