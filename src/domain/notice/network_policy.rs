//! Which networks messages may be sent to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};

/// The networks that messages may be sent to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NetworkPolicy {
    /// Public addresses only, over https.
    #[default]
    PublicOnly,
    /// Private addresses too, and over http. For receivers on the same machine or network.
    AllowPrivate,
}

/// The IPv4 networks that are not public: the IANA registry of special-purpose addresses (RFC 6890) without the few
/// that are globally reachable, and multicast.
const PRIVATE_V4: [Ipv4Net; 15] = [
    v4([0, 0, 0, 0], 8),       // this network, unspecified: RFC 791, RFC 1122
    v4([10, 0, 0, 0], 8),      // private use: RFC 1918
    v4([100, 64, 0, 0], 10),   // shared by carrier-grade NAT: RFC 6598
    v4([127, 0, 0, 0], 8),     // loopback: RFC 1122
    v4([169, 254, 0, 0], 16),  // link-local, metadata of clouds: RFC 3927
    v4([172, 16, 0, 0], 12),   // private use: RFC 1918
    v4([192, 0, 0, 0], 24),    // protocol assignments: RFC 6890
    v4([192, 0, 2, 0], 24),    // documentation: RFC 5737
    v4([192, 88, 99, 0], 24),  // 6to4 relays, deprecated: RFC 7526
    v4([192, 168, 0, 0], 16),  // private use: RFC 1918
    v4([198, 18, 0, 0], 15),   // benchmarks: RFC 2544
    v4([198, 51, 100, 0], 24), // documentation: RFC 5737
    v4([203, 0, 113, 0], 24),  // documentation: RFC 5737
    v4([224, 0, 0, 0], 4),     // multicast: RFC 5771
    v4([240, 0, 0, 0], 4),     // reserved, and broadcast: RFC 1112, RFC 8190
];

/// The IPv6 block from which IANA assigns global unicast addresses. Everything outside is loopback, unspecified,
/// unique-local (RFC 4193), link-local (RFC 4291), site-local (RFC 3879), multicast, discard-only (RFC 6666), segment
/// routing (RFC 9602), local NAT64 (RFC 8215) or unassigned.
const GLOBAL_V6: Ipv6Net = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// The networks within this block that are not public.
const PRIVATE_V6: [Ipv6Net; 3] = [
    v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments, Teredo among them: RFC 2928, RFC 4380
    v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation: RFC 3849
    v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation: RFC 9637
];

const MAPPED: Ipv6Net = v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96);
const SIX_TO_FOUR: Ipv6Net = v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16);
const NAT64: Ipv6Net = v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);

const fn v4([a, b, c, d]: [u8; 4], length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)
}

const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], length: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), length)
}

/// Whether an address is not on the public Internet: loopback, link-local, private, unique-local, carrier-grade NAT,
/// unspecified, multicast, broadcast, documentation, benchmarking, reserved, or an IPv6 form of such an IPv4 address:
/// mapped (RFC 4291), 6to4 (RFC 3056), NAT64 (RFC 6052).
///
/// Such addresses must be refused to prevent server-side request forgery: this machine can reach them, but the user who
/// configured the URL may not. The sources are the IANA registries of special-purpose addresses (RFC 6890). Anycast
/// services such as 192.0.0.9 count as private, since none of them receives messages.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => match embedded_ipv4(address) {
            Some(inner) => is_private_v4(inner),
            None => {
                !GLOBAL_V6.contains(&address)
                    || PRIVATE_V6.iter().any(|network| network.contains(&address))
            }
        },
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    PRIVATE_V4.iter().any(|network| network.contains(&address))
}

/// The IPv4 address that packets to this IPv6 address reach.
fn embedded_ipv4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = address.to_bits();
    if MAPPED.contains(&address) || NAT64.contains(&address) {
        Some(Ipv4Addr::from_bits(bits as u32))
    } else if SIX_TO_FOUR.contains(&address) {
        Some(Ipv4Addr::from_bits((bits >> 80) as u32))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All private IPv4 addresses, as the first and the last of each range.
    const RANGES_V4: [(&str, &str); 14] = [
        ("0.0.0.0", "0.255.255.255"),
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"),
        ("192.88.99.0", "192.88.99.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"),
        ("203.0.113.0", "203.0.113.255"),
        ("224.0.0.0", "255.255.255.255"),
    ];

    /// All private IPv6 addresses except the private ones among the forms of IPv4 addresses: mapped, NAT64 and 6to4.
    const RANGES_V6: [(&str, &str); 7] = [
        ("::", "::fffe:ffff:ffff"),
        ("::1:0:0:0", "64:ff9a:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("64:ff9b::1:0:0", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ];

    /// The first and the last address of each private range, IPv6 and all forms of IPv4 included.
    fn ranges() -> Vec<(IpAddr, IpAddr)> {
        let parsed = |(first, last): &(&str, &str)| (first.parse().unwrap(), last.parse().unwrap());
        let v4: Vec<(Ipv4Addr, Ipv4Addr)> = RANGES_V4
            .iter()
            .map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()))
            .collect();
        let mut all: Vec<(IpAddr, IpAddr)> = RANGES_V6.iter().map(parsed).collect();
        for (first, last) in v4 {
            let mapped = |address: Ipv4Addr| IpAddr::from(address.to_ipv6_mapped());
            let nat64 =
                |address: Ipv4Addr| v6_address(0x0064_ff9b << 96 | u128::from(address.to_bits()));
            let six_to_four = |address: Ipv4Addr, rest: u128| {
                v6_address(0x2002 << 112 | u128::from(address.to_bits()) << 80 | rest)
            };
            all.extend([
                (first.into(), last.into()),
                (mapped(first), mapped(last)),
                (nat64(first), nat64(last)),
                (six_to_four(first, 0), six_to_four(last, (1 << 80) - 1)),
            ]);
        }
        all
    }

    fn v6_address(bits: u128) -> IpAddr {
        Ipv6Addr::from_bits(bits).into()
    }

    /// The address that many places behind another one of the same family; `None` past either end.
    fn neighbor(address: IpAddr, distance: i32) -> Option<IpAddr> {
        match address {
            IpAddr::V4(address) => address
                .to_bits()
                .checked_add_signed(distance)
                .map(|bits| Ipv4Addr::from_bits(bits).into()),
            IpAddr::V6(address) => {
                address.to_bits().checked_add_signed(distance.into()).map(v6_address)
            }
        }
    }

    fn is_in(ranges: &[(IpAddr, IpAddr)], address: IpAddr) -> bool {
        ranges.iter().any(|(first, last)| {
            first.is_ipv4() == address.is_ipv4() && (*first..=*last).contains(&address)
        })
    }

    #[test]
    fn private_ranges_are_exact_at_both_edges() {
        let ranges = ranges();
        let edges = ranges.iter().flat_map(|(first, last)| {
            [Some(*first), Some(*last), neighbor(*first, -1), neighbor(*last, 1)]
        });
        for address in edges.flatten() {
            assert_eq!(is_private(address), is_in(&ranges, address), "{address}");
        }
    }

    #[test]
    fn well_known_addresses_are_classified() {
        let is_private = |address: &str| is_private(address.parse().unwrap());
        for private in [
            "127.0.0.1",
            "169.254.169.254",
            "192.0.0.9",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::8.8.8.8",
            "2001:0:4136:e378::1",
            "2002:7f00:1::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(is_private(private), "{private} was taken for public");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "192.0.1.0",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2001:4860:4860::8888",
            "2002:808:808::1",
            "2003:7f00:1::1",
            "2606:4700::1111",
        ] {
            assert!(!is_private(public), "{public} was taken for private");
        }
    }

    proptest! {
        #[test]
        fn addresses_are_private_exactly_in_the_ranges(
            edge in any::<prop::sample::Index>(), is_last: bool, distance in -300..300, bits: u32,
        ) {
            let ranges = ranges();
            let (first, last) = *edge.get(&ranges);
            let beside_edge = neighbor(if is_last { last } else { first }, distance);
            for address in beside_edge.into_iter().chain([Ipv4Addr::from_bits(bits).into()]) {
                prop_assert_eq!(is_private(address), is_in(&ranges, address), "{}", address);
            }
        }

        #[test]
        fn every_form_of_an_address_is_classified_alike(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let expected = is_private(address.into());
            prop_assert_eq!(is_private(address.to_ipv6_mapped().into()), expected);
            let [a, b, c, d] = address.octets();
            let nat64: Ipv6Addr = format!("64:ff9b::{a}.{b}.{c}.{d}").parse().unwrap();
            prop_assert_eq!(is_private(nat64.into()), expected);
            let [high, low] = [(bits >> 16) as u16, bits as u16];
            prop_assert_eq!(is_private(Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1).into()), expected);
        }

        #[test]
        fn addresses_that_std_calls_private_are_private(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let known = address.is_private() || address.is_loopback() || address.is_link_local()
                || address.is_multicast() || address.is_broadcast() || address.is_documentation()
                || address.is_unspecified();
            prop_assert!(!known || is_private(address.into()));
        }
    }
}
