#include "inspect/one_line.hpp"

#include <fmt/format.h>

#include "inspect/line_writer.hpp"
#include "wire/ethernet.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {

void LineWriter::layer(std::size_t index) {
  if (index >= packet_.layers().size()) {
    number("length ", packet_.wire_length());
    return;
  }
  const LayerAt& at = packet_.layers()[index];
  switch (at.layer) {
    case Layer::arp:
      return arp(at);
    case Layer::ipv4:
      return ipv4(index);
    case Layer::ipv6:
      return ipv6(index);
    case Layer::icmp:
      return icmp(index);
    case Layer::icmpv6:
      return icmpv6(index);
    case Layer::udp:
      return udp(index);
    case Layer::tcp:
      return tcp(index);
    case Layer::ipv6_fragment:
      return ipv6_fragment(at);
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return layer(index + 1);
    default:
      break;
  }
  if (const auto ethernet = packet_.get<wire::EthernetView>();
      ethernet && index == first_after_link()) {
    out_ += "ethertype ";
    out_ += ether_type_name(ethernet->ether_type());
    out_ += " (";
    append_hex(out_, ethernet->ether_type(), 4);
    out_ += "), ";
  }
  number("length ", at.length);
}

void LineWriter::bad_checksum(std::size_t index, std::string_view what) {
  if (!options_.checksums) return;
  const auto verdict = verify_checksum(packet_, index);
  if (verdict.status != wire::ChecksumStatus::bad) return;
  out_ += options_.palette.warning;
  out_ += " [bad ";
  out_ += what;
  out_ += " cksum ";
  append_hex(out_, verdict.found, 4);
  out_ += " -> ";
  append_hex(out_, verdict.expected, 4);
  out_ += "!]";
  out_ += options_.palette.reset;
}

void LineWriter::complain() {
  if (!packet_.error()) return;
  out_ += options_.palette.warning;
  out_ += " [";
  append_line(out_, *packet_.error());
  out_ += "]";
  out_ += options_.palette.reset;
}

void append_line(std::string& out, const Packet& packet, const LineOptions& options) {
  LineWriter{out, packet, options}.write();
}

std::string one_line(const Packet& packet) {
  std::string out;
  append_line(out, packet);
  return out;
}

void append_line(std::string& out, const wire::ParseError& error) {
  fmt::format_to(std::back_inserter(out), "{} {} (byte {}): ", title(error.layer), error.field.name,
                 error.field.offset);
  switch (error.fault) {
    case wire::Fault::none:
      out += "sound";
      break;
    case wire::Fault::truncated:
      fmt::format_to(std::back_inserter(out), "{} bytes needed, {} found", error.needed,
                     error.found);
      break;
    case wire::Fault::bad_version:
      fmt::format_to(std::back_inserter(out), "{} expected, {} found", error.needed, error.found);
      break;
    case wire::Fault::bad_length:
      fmt::format_to(std::back_inserter(out), "at least {} expected, {} found", error.needed,
                     error.found);
      break;
    case wire::Fault::bad_option:
      fmt::format_to(std::back_inserter(out), "option of length {} in {} bytes", error.found,
                     error.needed);
      break;
    case wire::Fault::bad_name:
      fmt::format_to(std::back_inserter(out), "{} found, which no name may have", error.found);
      break;
    case wire::Fault::too_deep:
      fmt::format_to(std::back_inserter(out), "more than {} headers inside each other",
                     error.needed);
      break;
  }
}

std::string one_line(const wire::ParseError& error) {
  std::string out;
  append_line(out, error);
  return out;
}

}  // namespace culvert::inspect
