#include <algorithm>

#include "inspect/json_writer.hpp"
#include "wire/icmp.hpp"
#include "wire/tcp.hpp"

namespace culvert::inspect {

namespace {

/// Requests and replies, which an identifier and a number join: echo, timestamp (13, 14), information, address mask (17, 18).
bool is_icmp_pair(std::uint8_t type) {
  return type == wire::icmp::echo_request || type == wire::icmp::echo_reply ||
         (type >= 13 && type <= 18);
}

bool is_ip(Layer layer) { return layer == Layer::ipv4 || layer == Layer::ipv6; }

}  // namespace

void JsonWriter::icmp() {
  header_ = packet_.bytes_of(*at_);
  u8<0>("icmp_type");
  u8<1>("icmp_code");
  u16<2>("checksum");
  checksum_status(4);
  const std::uint8_t type = header_[0];
  if (is_icmp_pair(type)) {
    u16<4>("id");
    u16<6>("seq");
  }
  if (type == wire::icmp::redirect) address<Ipv4Address, 4, 4>("gateway");
  const bool too_big = type == wire::icmp::destination_unreachable && has(2) &&
                       header_[1] == wire::icmp::code_fragmentation_needed;
  if (too_big) u16<6>("mtu");
  if (const auto view = wire::IcmpView::parse(header_); view && view->is_error()) quoted(8);
}

void JsonWriter::icmpv6() {
  header_ = packet_.bytes_of(*at_);
  u8<0>("icmp_type");
  u8<1>("icmp_code");
  u16<2>("checksum");
  checksum_status(4);
  const std::uint8_t type = header_[0];
  if (type == wire::icmpv6::echo_request || type == wire::icmpv6::echo_reply) {
    u16<4>("id");
    u16<6>("seq");
  }
  if (type == wire::icmpv6::packet_too_big) u32<4>("mtu");
  if (type == wire::icmpv6::neighbor_solicitation || type == wire::icmpv6::neighbor_advertisement) {
    address<Ipv6Address, 8, 16>("target");
  }
  if (type >= wire::icmpv6::destination_unreachable && type <= wire::icmpv6::parameter_problem)
    quoted(8);
}

/// The beginning of the packet that caused an error. It is a beginning by right: only a capture that was cut short can
/// have lost something. Errors about errors are not sent, so one level is enough.
void JsonWriter::quoted(std::size_t offset) {
  if (quoted_ || header_.size() <= offset) return;
  constexpr std::size_t longest_packet = 0xffff;
  const Packet inner =
      Packet::walk(header_.subspan(offset), wire::LinkType::raw_ip, longest_packet);
  if (!is_ip(inner.layers()[0].layer)) return;
  key("quoted");
  JsonWriter{out_, inner, header_.size() == at_->length, base_ + at_->offset + offset}.write();
}

void JsonWriter::udp() {
  u16<0>("src_port");
  u16<2>("dst_port");
  u16<4>("length");
  u16<6>("checksum");
  checksum_status(8);
  if (has(8)) number("header_len", 8);
}

void JsonWriter::tcp() {
  u16<0>("src_port");
  u16<2>("dst_port");
  u32<4>("seq");
  u32<8>("ack");
  if (!has(13)) return;
  const std::size_t header_len = (header_[12] >> 4) * std::size_t{4};
  number("header_len", header_len);
  if (has(14)) number("flags", load_be16(header_.subspan<12, 2>()) & 0x1ffu);
  u16<14>("window");
  u16<16>("checksum");
  checksum_status(18);
  u16<18>("urgent");
  if (header_len >= wire::TcpView::min_header_size && header_len <= at_->length) {
    number("payload_len", at_->length - header_len);
  }
  header_ = header_.first(std::min(header_len, header_.size()));
  options(20, has(header_len), [&](const wire::Option& option) { tcp_option(option); });
}

void JsonWriter::tcp_option(const wire::Option& option) {
  namespace kind = wire::tcp_option;
  const Bytes data = option.data;
  if (option.kind == kind::max_segment_size && data.size() == 2) {
    number("mss", load_be16(data.first<2>()));
  } else if (option.kind == kind::window_scale && data.size() == 1) {
    number("shift", data[0]);
  } else if (option.kind == kind::timestamps && data.size() == 8) {
    number("tsval", load_be32(data.first<4>()));
    number("tsecr", load_be32(data.last<4>()));
  } else if (option.kind == kind::sack && data.size() % 8 == 0) {
    key("blocks");
    out_ += '[';
    for (std::size_t i = 0; i < data.size(); i += 8) {
      out_ += i == 0 ? "[" : ",[";
      append_decimal(out_, load_be32(data.subspan(i).first<4>()));
      out_ += ',';
      append_decimal(out_, load_be32(data.subspan(i + 4).first<4>()));
      out_ += ']';
    }
    out_ += ']';
  } else if (option.kind != kind::sack_permitted || !data.empty()) {
    key("data");
    out_ += '"';
    append_hex_bytes(out_, data);
    out_ += '"';
  }
}

}  // namespace culvert::inspect
