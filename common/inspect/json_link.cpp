#include <algorithm>

#include "inspect/json_writer.hpp"
#include "wire/encapsulation.hpp"
#include "wire/link.hpp"

namespace culvert::inspect {

void JsonWriter::ethernet() {
  address<MacAddress, 0, 6>("dst");
  address<MacAddress, 6, 6>("src");
  if (!has(14)) return;
  const std::uint16_t type = load_be16(header_.subspan<12, 2>());
  if (type > wire::max_frame_length)
    number("ethertype", type);
  else
    number("length", type);
  number("header_len", 14);
}

void JsonWriter::vlan() {
  if (has(1)) {
    number("pcp", header_[0] >> 5);
    flag("dei", (header_[0] & 0x10u) != 0);
  }
  if (has(2)) number("vid", load_be16(header_.first<2>()) & 0xfffu);
  u16<2>("ethertype");
  if (has(4)) number("header_len", 4);
}

void JsonWriter::llc() {
  u8<0>("dsap");
  u8<1>("ssap");
  const auto view = wire::LlcView::parse(header_);
  if (!view) return;
  number("control", view->control());
  number("header_len", view->header_length());
  if (!view->is_snap()) return;
  number("oui", view->organisation());
  number("pid", view->protocol());
}

void JsonWriter::linux_cooked() {
  u16<0>("pkttype");
  u16<2>("hatype");
  u16<4>("halen");
  if (has(6)) hardware("addr", 6, std::min<std::size_t>(load_be16(header_.subspan<4, 2>()), 8));
  u16<14>("protocol");
  if (has(16)) number("header_len", 16);
}

void JsonWriter::linux_cooked_2() {
  u16<0>("protocol");
  u32<4>("ifindex");
  u16<8>("hatype");
  u8<10>("pkttype");
  u8<11>("halen");
  if (has(12)) hardware("addr", 12, std::min<std::size_t>(header_[11], 8));
  if (has(20)) number("header_len", 20);
}

void JsonWriter::loopback() {
  const auto view = wire::LoopbackView::parse(header_);
  if (!view) return;
  number("family", view->family());
  number("header_len", 4);
}

void JsonWriter::arp() {
  u16<0>("htype");
  u16<2>("ptype");
  u8<4>("hlen");
  u8<5>("plen");
  u16<6>("op");
  if (!has(8)) return;
  const std::size_t hlen = header_[4];
  const std::size_t plen = header_[5];
  const bool dotted = plen == 4 && load_be16(header_.subspan<2, 2>()) ==
                                       static_cast<unsigned>(wire::EtherType::ipv4);
  const auto protocol = [&](const Key& name, std::size_t offset) {
    if (!has(offset + plen)) return;
    key(name);
    out_ += '"';
    if (dotted)
      append(out_, Ipv4Address{header_.subspan(offset).first<4>()});
    else
      append_hex_bytes(out_, header_.subspan(offset, plen));
    out_ += '"';
  };
  hardware("sha", 8, hlen);
  protocol("spa", 8 + hlen);
  hardware("tha", 8 + hlen + plen, hlen);
  protocol("tpa", 8 + 2 * hlen + plen);
}

}  // namespace culvert::inspect
