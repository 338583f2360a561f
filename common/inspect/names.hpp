// Names of numbers, as tcpdump and the RFCs write them.
#pragma once

#include <string>
#include <string_view>

#include "wire/dns.hpp"
#include "wire/numbers.hpp"
#include "wire/parse_error.hpp"

namespace culvert::inspect {

/// "IPv4", "TCP": for headings and sentences.
std::string_view title(wire::Layer layer);
/// "ipv4", "tcp": as in --fields and JSON.
std::string_view key(wire::Layer layer);

/// "TCP" or, unknown, "ip-proto-99".
std::string protocol_name(wire::Protocol protocol);
/// "IPv4" or, unknown, "Unknown".
std::string_view ether_type_name(std::uint16_t ether_type);
/// "A", "AAAA" or, unknown, "Type99".
std::string dns_type_name(std::uint16_t type);
/// "echo request" of ICMP, or "type 99".
std::string icmp_type_name(std::uint8_t type);
std::string icmpv6_type_name(std::uint8_t type);

/// The labels of a name with points between and at its end, as tcpdump writes it: "www.example.com.". Bytes that are not
/// printable, and those with a meaning in names (RFC 4343, section 2.1), are \DDD.
void append(std::string& out, const wire::DnsName& name);

}  // namespace culvert::inspect
