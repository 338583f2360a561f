#include <algorithm>

#include "inspect/json_writer.hpp"
#include "wire/checksum.hpp"
#include "wire/encapsulation.hpp"

namespace culvert::inspect {

void JsonWriter::ipv4() {
  const std::size_t header_len = (header_[0] & 0xfu) * std::size_t{4};
  number("version", header_[0] >> 4);
  number("header_len", header_len);
  if (error_ == "bad_version" || error_ == "bad_header_len") return;
  if (has(2)) {
    number("dscp", header_[1] >> 2);
    number("ecn", header_[1] & 3u);
  }
  u16<2>("total_len");
  u16<4>("id");
  if (has(7)) {
    flag("df", (header_[6] & 0x40u) != 0);
    flag("mf", (header_[6] & 0x20u) != 0);
  }
  if (has(8)) number("frag_offset", (load_be16(header_.subspan<6, 2>()) & 0x1fffu) * 8);
  u8<8>("ttl");
  u8<9>("proto");
  u16<10>("checksum");
  if (has(12)) {
    // Also of a header that lies about the packet's length: its checksum may still agree.
    const bool whole = has(header_len);
    const bool good = whole && wire::ones_complement_sum(header_.first(header_len)) == 0xffff;
    text("checksum_status", !whole ? "unverified" : good ? "good" : "bad");
  }
  address<Ipv4Address, 12, 4>("src");
  address<Ipv4Address, 16, 4>("dst");
  if (error_ == "bad_total_len" && at_->fault == Fault::bad_length) return;
  header_ = header_.first(std::min(header_len, header_.size()));
  options(20, has(header_len), [&](const wire::Option& option) {
    key("data");
    out_ += '"';
    append_hex_bytes(out_, option.data);
    out_ += '"';
  });
}

void JsonWriter::ipv6() {
  number("version", header_[0] >> 4);
  if (error_ == "bad_version") return;
  if (has(2)) {
    const unsigned traffic_class = load_be16(header_.first<2>()) >> 4 & 0xffu;
    number("dscp", traffic_class >> 2);
    number("ecn", traffic_class & 3u);
  }
  if (has(4)) number("flow_label", load_be32(header_.first<4>()) & 0xfffffu);
  u16<4>("payload_len");
  u8<6>("next_header");
  u8<7>("hop_limit");
  address<Ipv6Address, 8, 16>("src");
  address<Ipv6Address, 24, 16>("dst");
  if (has(40)) number("header_len", 40);
}

void JsonWriter::ipv6_extension() {
  u8<0>("next_header");
  if (has(2)) number("header_len", (header_[1] + 1u) * 8u);
  if (at_->layer != Layer::ipv6_routing) return;
  u8<2>("routing_type");
  u8<3>("segments_left");
}

void JsonWriter::ipv6_fragment() {
  u8<0>("next_header");
  if (has(4)) {
    const unsigned field = load_be16(header_.subspan<2, 2>());
    number("frag_offset", field & 0xfff8u);
    flag("mf", (field & 1u) != 0);
  }
  u32<4>("id");
  if (has(8)) number("header_len", 8);
}

void JsonWriter::ah() {
  u8<0>("next_header");
  if (has(2)) number("header_len", (header_[1] + 2u) * 4u);
  u32<4>("spi");
  u32<8>("seq");
}

void JsonWriter::esp() {
  u32<0>("spi");
  u32<4>("seq");
}

void JsonWriter::gre() {
  if (has(2)) number("version", header_[1] & 7u);
  u16<2>("protocol");
  const auto view = wire::GreView::parse(header_);
  if (!view) return;
  number("header_len", view->header_length());
  if (view->version() != 0) return;
  if (const auto key = view->key()) number("key", *key);
  if (const auto sequence = view->sequence()) number("seq", *sequence);
}

void JsonWriter::vxlan() {
  if (has(7)) number("vni", load_be32(header_.subspan<3, 4>()) & 0xffffffu);
  if (has(8)) number("header_len", 8);
}

}  // namespace culvert::inspect
