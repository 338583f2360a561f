// The writer behind one_line(): its members, one or more for each layer, are in the files line_*.cpp beside this one.
#pragma once

#include "inspect/names.hpp"
#include "inspect/one_line.hpp"
#include "wire/dns.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"

namespace culvert::inspect {

using wire::Layer;
using wire::LayerAt;
using wire::Packet;

/// Writes one packet: each member writes one layer and goes on to the next.
class LineWriter {
 public:
  LineWriter(std::string& out, const Packet& packet, const LineOptions& options)
      : out_(out), packet_(packet), options_(options) {}

  void write() {
    if (options_.link_header) link();
    layer(first_after_link());
    complain();
  }

 private:
  void link();
  void layer(std::size_t index);
  void arp(const LayerAt& at);
  void ipv4(std::size_t index);
  void ipv4_details(const wire::Ipv4View& ip, std::size_t index);
  void ipv6(std::size_t index);
  void ipv6_details(const wire::Ipv6View& ip);
  void ipv6_fragment(const LayerAt& at);
  void addresses(const IpAddress& source, const IpAddress& destination, std::size_t index);
  void icmp(std::size_t index);
  void icmp_unreachable(const wire::IcmpView& icmp);
  void icmpv6(std::size_t index);
  void quoted_port(Bytes quoted);
  void udp(std::size_t index);
  void tcp(std::size_t index);
  void tcp_options(const wire::TcpView& tcp, std::uint32_t sack_offset);
  void http(Bytes payload);
  TcpOffsets offsets(const wire::TcpView& tcp);
  void dns(const LayerAt& at);
  void dns_query(const wire::DnsView& dns);
  void dns_response(const wire::DnsView& dns);
  void question(const wire::DnsQuestion& question);
  void bad_checksum(std::size_t index, std::string_view what);
  void complain();

  std::size_t first_after_link() const;
  void protocol(std::string_view name) {
    out_ += options_.palette.protocol;
    out_ += name;
    out_ += options_.palette.reset;
  }
  void address(const IpAddress& address) {
    out_ += options_.palette.address;
    const std::string* name = options_.names != nullptr ? options_.names->host(address) : nullptr;
    if (name != nullptr)
      out_ += *name;
    else
      append(out_, address);
    out_ += options_.palette.reset;
  }
  void port(Layer transport, std::uint16_t port) {
    const std::string* name =
        options_.names != nullptr ? options_.names->port(transport, port) : nullptr;
    if (name != nullptr)
      out_ += *name;
    else
      append_decimal(out_, port);
  }
  void number(std::string_view name, std::uint64_t value) {
    out_ += name;
    append_decimal(out_, value);
  }
  void length(std::size_t value) { number(", length ", value); }

  std::string& out_;
  const Packet& packet_;
  const LineOptions& options_;
  TcpDirection direction_;  // of the innermost IP header so far
};

}  // namespace culvert::inspect
