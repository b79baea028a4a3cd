//! Requests of `wasi:http` that guests send.
//!
//! Wasmtime's own way to send them asks nobody, so here is another one. What a request may connect to is decided before
//! it leaves its guest, on the thread that is inside the store: its host is looked up, where that is allowed, and the
//! rules of the network are asked about each address. The request then knows addresses only; no name is looked up
//! twice. What waits for the response are pollables and streams, which wait as all others.

use super::context::State;
use super::network::Network;
use super::{all, wait};
use crate::abi::*;
use crate::store::Data;
use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use once_cell::sync::OnceCell;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Interval, interval, timeout};
use wasmtime::StoreContextMut;
use wasmtime::component::{Linker, Resource};
use wasmtime_wasi::WasiView as _;
use wasmtime_wasi_http::io::TokioIo;
use wasmtime_wasi_http::p2::bindings::http::outgoing_handler::Host as _;
use wasmtime_wasi_http::p2::bindings::http::types::{self, DnsErrorPayload, ErrorCode, Scheme as GuestScheme};
use wasmtime_wasi_http::p2::types::{HostFutureIncomingResponse, HostOutgoingRequest};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttp, WasiHttpCtx, WasiHttpCtxView, WasiHttpHooks};

/// How long is waited for a connection, a response, or more of it, where the request does not say: as Wasmtime does.
const PATIENCE: Duration = Duration::from_secs(600);

/// What a store has for requests.
#[derive(Default)]
pub(crate) struct Client {
    network: Network,
    name_lookup: bool,
    limits: WasiHttpCtx,
    sender: Sender,
}

/// Sends the request that its addresses were found for.
#[derive(Default)]
struct Sender {
    addresses: Vec<SocketAddr>,
}

type Io = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Sent = Result<(Response<WasiBody>, Io), Error>;

impl WasiHttpHooks for Sender {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _: Io,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        Box::new(send(std::mem::take(&mut self.addresses), request, options.unwrap_or_default()))
    }
}

/// Defines the interfaces in a linker.
pub(crate) fn define(linker: &mut Linker<Data>) -> wasmtime::Result<()> {
    types::add_to_linker::<Data, WasiHttp>(linker, &types::LinkOptions::default(), |data| view(all(data)))?;
    linker.instance("wasi:http/outgoing-handler@0.2.0")?.func_wrap(
        "handle",
        |mut cx: StoreContextMut<'_, Data>, (request, options): (Resource<_>, Option<Resource<_>>)| {
            Ok((handle(cx.data_mut(), request, options)?,))
        },
    )
}

fn view(state: &mut State) -> WasiHttpCtxView<'_> {
    let Client { limits, sender, .. } = &mut state.http;
    WasiHttpCtxView { hooks: sender, table: state.wasi.ctx().table, ctx: limits }
}

/// Sends a request to where it may go.
fn handle(
    data: &mut Data,
    request: Resource<HostOutgoingRequest>,
    options: Option<Resource<RequestOptions>>,
) -> wasmtime::Result<Result<Resource<HostFutureIncomingResponse>, ErrorCode>> {
    let slot = data.slot;
    let state = all(data);
    let table = state.wasi.ctx().table;
    let patience = options.as_ref().and_then(|options| table.get(options).ok()?.connect_timeout);
    let allowed = match Target::of(table.get(&request)?) {
        Ok(target) => wait::block_on(slot, state.http.allowed(&target, patience.unwrap_or(PATIENCE)))?,
        Err(code) => Err(code),
    };
    match allowed {
        Ok(addresses) => {
            state.http.sender.addresses = addresses;
            match view(state).handle(request, options) {
                Ok(future) => Ok(Ok(future)),
                Err(error) => error.downcast().map(Err),
            }
        }
        Err(code) => {
            state.wasi.ctx().table.delete(request)?;
            Ok(Err(code))
        }
    }
}

/// What a request wants to connect to.
struct Target {
    host: String,
    port: u16,
}

impl Target {
    fn of(request: &HostOutgoingRequest) -> Result<Self, ErrorCode> {
        let standard = match &request.scheme {
            Some(GuestScheme::Http) => 80,
            Some(GuestScheme::Other(name)) if name == "http" => 80,
            _ => 443,
        };
        let authority = request.authority.as_deref().and_then(|text| text.parse::<Authority>().ok());
        authority.as_ref().and_then(|authority| Self::new(authority, standard)).ok_or(ErrorCode::HttpRequestUriInvalid)
    }

    fn new(authority: &Authority, standard: u16) -> Option<Self> {
        let host = authority.host();
        let port = match authority.port_u16() {
            Some(port) => port,
            // Behind it stands what is no port.
            None if !authority.as_str().ends_with(host) => return None,
            None => standard,
        };
        (!host.is_empty()).then(|| Target { host: bare(host).to_owned(), port })
    }
}

/// A host without the brackets of IPv6.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

impl Client {
    pub(super) fn new(network: &Network, name_lookup: bool) -> Self {
        Client { network: network.clone(), name_lookup, ..Client::default() }
    }

    /// The addresses of a target that may be connected to.
    async fn allowed(&self, target: &Target, patience: Duration) -> Result<Vec<SocketAddr>, ErrorCode> {
        let mut addresses = match target.host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, target.port)],
            Err(_) if self.name_lookup => look_up(target, patience).await?,
            Err(_) => return Err(ErrorCode::HttpRequestDenied),
        };
        addresses.retain(|address| self.network.allows(*address, WTS_WASI_TCP_CONNECT));
        if addresses.is_empty() { Err(ErrorCode::DestinationIpProhibited) } else { Ok(addresses) }
    }
}

async fn look_up(target: &Target, patience: Duration) -> Result<Vec<SocketAddr>, ErrorCode> {
    match timeout(patience, tokio::net::lookup_host((target.host.as_str(), target.port))).await {
        Ok(Ok(found)) => Ok(found.collect()),
        Ok(Err(_)) => Err(ErrorCode::DnsError(DnsErrorPayload { rcode: None, info_code: None })),
        Err(_) => Err(ErrorCode::DnsTimeout),
    }
}

/// Sends a request, and answers when the head of the response is there.
async fn send(addresses: Vec<SocketAddr>, mut request: Request<WasiBody>, options: RequestOptions) -> Sent {
    let patience = options.connect_timeout.unwrap_or(PATIENCE);
    let stream = timeout(patience, connect(&addresses, request.uri()));
    let stream = stream.await.unwrap_or(Err(Error::ConnectionTimeout))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Ends with its handle, and so with the response or its guest.
    let connection = wasmtime_wasi::runtime::spawn(connection);
    *request.uri_mut() = path(request.uri());
    let response = timeout(options.first_byte_timeout.unwrap_or(PATIENCE), sender.send_request(request));
    let response = response.await.map_err(|_| Error::ConnectionReadTimeout)??;
    let pause = options.between_bytes_timeout.unwrap_or(PATIENCE);
    let response = response.map(|incoming| ResponseBody::new(incoming, pause).boxed_unsync());
    Ok((response, Box::new(async move { Ok(connection.await?) })))
}

/// What servers want to hear of a request's place; the rest is for proxies.
fn path(uri: &Uri) -> Uri {
    let path = uri.path_and_query().cloned();
    path.map(Uri::from).unwrap_or_default()
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Connects to the first address that answers.
async fn connect(addresses: &[SocketAddr], uri: &Uri) -> Result<Box<dyn Stream>, Error> {
    let stream = TcpStream::connect(addresses).await.map_err(Error::Connect)?;
    if uri.scheme() != Some(&Scheme::HTTPS) {
        return Ok(Box::new(stream));
    }
    let host = bare(uri.host().ok_or(Error::HttpRequestUriInvalid)?).to_owned();
    let name = ServerName::try_from(host).map_err(|error| Error::Tls(io::Error::other(error)))?;
    let connector = tokio_rustls::TlsConnector::from(tls()?);
    Ok(Box::new(connector.connect(name, stream).await.map_err(Error::Tls)?))
}

/// Who is trusted, which are those that browsers trust.
fn tls() -> Result<Arc<rustls::ClientConfig>, Error> {
    static CONFIG: OnceCell<Arc<rustls::ClientConfig>> = OnceCell::new();
    let make = || {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
    };
    CONFIG.get_or_try_init(make).cloned().map_err(|error: rustls::Error| Error::Tls(io::Error::other(error)))
}

/// The body of a response, whose parts come within a time.
struct ResponseBody {
    incoming: Incoming,
    pause: Interval,
}

impl ResponseBody {
    fn new(incoming: Incoming, pause: Duration) -> Self {
        // Tokio takes no interval of nothing.
        let mut pause = interval(pause.max(Duration::from_nanos(1)));
        pause.reset();
        ResponseBody { incoming, pause }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.pause.reset();
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => {
                ready!(self.pause.poll_tick(cx));
                Poll::Ready(Some(Err(Error::ConnectionReadTimeout)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(authority: &str) -> Option<(String, u16)> {
        Target::new(&authority.parse().ok()?, 80).map(|target| (target.host, target.port))
    }

    #[test]
    fn the_target_is_what_the_authority_says() {
        let found = |host: &str, port| Some((host.to_owned(), port));
        assert_eq!(target("example.com"), found("example.com", 80));
        assert_eq!(target("example.com:8080"), found("example.com", 8080));
        assert_eq!(target("10.0.0.1:1"), found("10.0.0.1", 1));
        assert_eq!(target("[::1]"), found("::1", 80));
        assert_eq!(target("[::1]:65535"), found("::1", 65535));
        assert_eq!(target("user:word@10.0.0.1:81"), found("10.0.0.1", 81));
    }

    #[test]
    fn an_authority_with_what_is_no_port_has_no_target() {
        for wrong in ["example.com:65536", "example.com:", "example.com:http", ":80", ""] {
            assert_eq!(target(wrong), None, "{wrong}");
        }
    }
}
