//! Which addresses guests may use.

use crate::abi::*;
use crate::boundary::{Result, fail};
use crate::drops::Env;
use std::ffi::{c_char, c_void};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What of the network is open to guests: nothing, some ranges, or what a callback allows.
#[derive(Clone, Default)]
pub(super) enum Network {
    #[default]
    Off,
    Ranges(Vec<Range>),
    Callback(Arc<NetworkCallback>),
}

pub(super) struct NetworkCallback {
    pub function: unsafe extern "C" fn(*mut c_void, *const c_char, usize, i32, i32) -> i32,
    pub env: Env,
}

impl NetworkCallback {
    fn allows(&self, address: SocketAddr, use_: i32) -> bool {
        let (text, port) = (address.ip().to_canonical().to_string(), i32::from(address.port()));
        // SAFETY: the user registered this function with this `env`.
        unsafe { (self.function)(self.env.env, text.as_ptr().cast(), text.len(), port, use_) == 0 }
    }
}

/// Addresses that have their first bits in common, and ports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Range {
    first: IpAddr,
    bits: u32,
    ports: (u16, u16),
}

impl Range {
    /// `addresses` is one, or one with the number of bits that others have in common with it.
    pub fn new(addresses: &str, first_port: i32, last_port: i32) -> Result<Self> {
        let refuse = || {
            fail(
                WTS_ERR_RANGE,
                format_args!("{addresses:?} is no range of addresses: it must be like \"10.0.0.0/8\" or \"::1\""),
            )
        };
        let (first, bits) = match addresses.split_once('/') {
            Some((first, bits)) => (first, Some(bits)),
            None => (addresses, None),
        };
        let Ok(first) = first.parse::<IpAddr>() else { return refuse() };
        let width = if first.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => width,
            Some(text) => match text.parse::<u32>() {
                Ok(bits) if bits <= width && text.bytes().all(|byte| byte.is_ascii_digit()) => bits,
                _ => return refuse(),
            },
        };
        match (u16::try_from(first_port), u16::try_from(last_port)) {
            (Ok(from), Ok(to)) if from <= to => Ok(Range { first, bits, ports: (from, to) }),
            _ => fail(
                WTS_ERR_RANGE,
                format_args!(
                    "{first_port} to {last_port} are no ports: they must be 0 to 65535, the first not after the last"
                ),
            ),
        }
    }

    fn holds(&self, address: SocketAddr) -> bool {
        let high = |address: IpAddr| match address {
            IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
            IpAddr::V6(address) => address.to_bits(),
        };
        let other = address.ip().to_canonical();
        let differing = high(self.first) ^ high(other);
        let same = self.bits == 0 || differing >> (128 - self.bits) == 0;
        self.first.is_ipv4() == other.is_ipv4() && same && (self.ports.0..=self.ports.1).contains(&address.port())
    }
}

impl Network {
    pub fn is_off(&self) -> bool {
        matches!(self, Network::Off)
    }

    /// Whether a guest may use an address so.
    pub fn allows(&self, address: SocketAddr, use_: i32) -> bool {
        match self {
            Network::Off => false,
            Network::Callback(callback) => callback.allows(address, use_),
            // The system binds what connects or sends by itself, to no address in particular. What arrives there has
            // an address of its own to be looked at.
            Network::Ranges(_)
                if matches!(use_, WTS_WASI_TCP_BIND | WTS_WASI_UDP_BIND)
                    && address.ip().is_unspecified()
                    && address.port() == 0 =>
            {
                true
            }
            Network::Ranges(ranges) => ranges.iter().any(|range| range.holds(address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(addresses: &str, ports: (i32, i32), address: &str) -> bool {
        let ranges = vec![Range::new(addresses, ports.0, ports.1).unwrap()];
        Network::Ranges(ranges).allows(address.parse().unwrap(), WTS_WASI_TCP_CONNECT)
    }

    #[test]
    fn a_range_holds_what_shares_its_bits_and_ports() {
        assert!(allows("10.0.0.0/8", (80, 80), "10.255.0.1:80"));
        assert!(!allows("10.0.0.0/8", (80, 80), "11.0.0.1:80"));
        assert!(!allows("10.0.0.0/8", (80, 80), "10.0.0.1:81"));
        assert!(allows("127.0.0.1", (0, 65535), "127.0.0.1:1"));
        assert!(!allows("127.0.0.1", (0, 65535), "127.0.0.2:1"));
        assert!(allows("0.0.0.0/0", (0, 65535), "8.8.8.8:53"));
        assert!(!allows("0.0.0.0/0", (0, 65535), "[::1]:53"));
        assert!(allows("::1/128", (0, 65535), "[::1]:53"));
        assert!(allows("fe80::/10", (0, 65535), "[febf::1]:53"));
        assert!(!allows("fe80::/10", (0, 65535), "[fec0::1]:53"));
        assert!(allows("::/0", (0, 65535), "[2001:db8::1]:53"));
    }

    #[test]
    fn an_address_in_disguise_is_seen_through() {
        assert!(allows("10.0.0.0/8", (80, 80), "[::ffff:10.0.0.1]:80"));
        assert!(!allows("::/0", (80, 80), "[::ffff:10.0.0.1]:80"));
    }

    #[test]
    fn only_what_binds_by_itself_may_have_no_address() {
        let network = Network::Ranges(vec![Range::new("10.0.0.1", 80, 80).unwrap()]);
        let allows = |address: &str, use_| network.allows(address.parse().unwrap(), use_);
        assert!(allows("0.0.0.0:0", WTS_WASI_TCP_BIND) && allows("[::]:0", WTS_WASI_UDP_BIND));
        assert!(!allows("0.0.0.0:80", WTS_WASI_TCP_BIND) && !allows("127.0.0.1:0", WTS_WASI_TCP_BIND));
        assert!(!allows("0.0.0.0:0", WTS_WASI_TCP_LISTEN) && !allows("0.0.0.0:0", WTS_WASI_TCP_CONNECT));
        assert!(!Network::Off.allows("10.0.0.1:80".parse().unwrap(), WTS_WASI_TCP_CONNECT));
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for wrong in ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "::1/129", "localhost", "10.0.0.0/8/8"] {
            assert_eq!(Range::new(wrong, 0, 1).unwrap_err().status, WTS_ERR_RANGE, "{wrong}");
        }
        for (first, last) in [(-1, 1), (2, 1), (0, 65536)] {
            assert_eq!(Range::new("::1", first, last).unwrap_err().status, WTS_ERR_RANGE, "{first} {last}");
        }
    }
}
