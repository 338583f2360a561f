#include "inspect/json.hpp"

#include <algorithm>
#include <optional>

#include "inspect/dns_text.hpp"
#include "inspect/names.hpp"
#include "inspect/text.hpp"
#include "wire/checksum.hpp"
#include "wire/dns.hpp"
#include "wire/encapsulation.hpp"
#include "wire/icmp.hpp"
#include "wire/link.hpp"
#include "wire/options.hpp"
#include "wire/tcp.hpp"
#include "wire/verify.hpp"
#include "wire/wireguard.hpp"

namespace culvert::inspect {

using wire::Fault;
using wire::Layer;
using wire::LayerAt;
using wire::Packet;

namespace {

/// A member's name as it stands in the text, ,"name": – put together by the compiler, because a packet has seventy of them.
class Key {
 public:
  template <std::size_t size>
  consteval Key(const char (&name)[size]) {
    static_assert(size + 3 <= sizeof text_);
    append(',');
    append('"');
    for (std::size_t i = 0; i + 1 < size; ++i) append(name[i]);
    append('"');
    append(':');
  }
  std::string_view text() const { return {text_, size_}; }

 private:
  constexpr void append(char character) { text_[size_++] = character; }

  char text_[23]{};
  unsigned char size_ = 0;
};

/// "www.example.com" without a point at the end; what is not a plain character becomes \DDD, whose backslash JSON doubles.
void append_name(std::string& out, const wire::DnsName& name) {
  out += '"';
  bool first = true;
  name.for_each_label([&](Bytes label) {
    if (!first) out += '.';
    first = false;
    for (const std::uint8_t byte : label) {
      const bool plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '.' && byte != '\\';
      if (plain) {
        out += static_cast<char>(byte);
      } else {
        out += "\\\\";
        append_padded(out, byte, 3);
      }
    }
  });
  if (first) out += '.';
  out += '"';
}

std::string_view word(wire::ChecksumStatus status) {
  switch (status) {
    case wire::ChecksumStatus::good:
      return "good";
    case wire::ChecksumStatus::bad:
      return "bad";
    case wire::ChecksumStatus::absent:
      return "absent";
    case wire::ChecksumStatus::illegal:
      return "illegal";
    case wire::ChecksumStatus::unverified:
    case wire::ChecksumStatus::none:
      break;
  }
  return "unverified";
}

/// Requests and replies, which an identifier and a number join: echo, timestamp (13, 14), information, address mask (17, 18).
bool is_icmp_pair(std::uint8_t type) {
  return type == wire::icmp::echo_request || type == wire::icmp::echo_reply ||
         (type >= 13 && type <= 18);
}

bool is_ip(Layer layer) { return layer == Layer::ipv4 || layer == Layer::ipv6; }

/// Writes the layers of one packet. Fields are read by their place in the header, because a header that was cut, or that
/// lies, has no view, and what is whole in it is to be shown all the same.
class JsonWriter {
 public:
  /// `base` is added to each offset: where a packet that an ICMP error quotes begins.
  JsonWriter(std::string& out, const Packet& packet, bool captured_whole, std::size_t base = 0)
      : out_(out),
        packet_(packet),
        captured_whole_(captured_whole),
        quoted_(base != 0),
        base_(base) {}

  void write();

 private:
  void layer(const LayerAt& at);
  void fields();
  void payload(const LayerAt& at, std::size_t size);
  void ethernet();
  void vlan();
  void llc();
  void linux_cooked();
  void linux_cooked_2();
  void loopback();
  void arp();
  void ipv4();
  void ipv6();
  void ipv6_extension();
  void ipv6_fragment();
  void ah();
  void esp();
  void gre();
  void icmp();
  void icmpv6();
  void quoted(std::size_t offset);
  void udp();
  void tcp();
  void tcp_option(const wire::Option& option);
  void vxlan();
  void dns();
  void dns_answers(const wire::DnsView& view);
  void record_data(const wire::DnsView& view, const wire::DnsRecord& record);
  void wireguard();

  void key(const Key& name) { out_ += name.text(); }
  template <class Integer>
  void number(const Key& name, Integer value) {
    key(name);
    append_decimal(out_, value);
  }
  void flag(const Key& name, bool value) {
    key(name);
    out_ += value ? "true" : "false";
  }
  void text(const Key& name, std::string_view value) {
    key(name);
    out_ += '"';
    out_ += value;
    out_ += '"';
  }

  bool has(std::size_t end) const { return header_.size() >= end; }
  template <std::size_t offset>
  void u8(const Key& name) {
    if (has(offset + 1)) number(name, header_[offset]);
  }
  template <std::size_t offset>
  void u16(const Key& name) {
    if (has(offset + 2)) number(name, load_be16(header_.subspan<offset, 2>()));
  }
  template <std::size_t offset>
  void u32(const Key& name) {
    if (has(offset + 4)) number(name, load_be32(header_.subspan<offset, 4>()));
  }
  /// An address of fixed size.
  template <class Address, std::size_t offset, std::size_t size>
  void address(const Key& name) {
    if (!has(offset + size)) return;
    key(name);
    out_ += '"';
    append(out_, Address{header_.subspan<offset, size>()});
    out_ += '"';
  }
  void hardware(const Key& name, std::size_t offset, std::size_t size);
  void checksum_status(std::size_t checksum_end);
  /// Lists options; `write_data` adds what the kind means. `whole`: the header is all here, so that an option past its end lies.
  template <class WriteData>
  void options(std::size_t begin, bool whole, WriteData write_data);
  /// The first thing that is wrong with this layer is what we report.
  void blame(std::string_view code) {
    if (error_.empty()) error_ = code;
  }
  void blame_fault();

  std::string& out_;
  const Packet& packet_;
  const bool captured_whole_;
  const bool quoted_;
  const std::size_t base_;
  const LayerAt* at_ = nullptr;
  Bytes header_;            // of the current layer: captured, and inside what encloses it
  std::string_view error_;  // of the current layer
};

void JsonWriter::write() {
  out_ += '[';
  for (const LayerAt& at : packet_.layers()) {
    const std::size_t size = packet_.bytes_of(at).size();
    // A header of which nothing was captured is none. What the schema has no name for is payload, and so is all behind it.
    if (size == 0) break;
    if (out_.back() == '}') out_ += ',';
    if (at.layer == Layer::payload || at.layer == Layer::tunnel_message ||
        at.fault == Fault::too_deep) {
      payload(at, size);
      break;
    }
    layer(at);
  }
  out_ += ']';
}

void JsonWriter::payload(const LayerAt& at, std::size_t size) {
  out_ += R"({"type":"payload")";
  number("offset", base_ + at.offset);
  number("len", size);
  out_ += '}';
}

void JsonWriter::layer(const LayerAt& at) {
  at_ = &at;
  header_ = packet_.bytes_of(at).first(at.header_length);
  error_ = {};
  out_ += R"({"type":")";
  out_ += inspect::key(at.layer);
  out_ += '"';
  number("offset", base_ + at.offset);
  blame_fault();
  fields();
  if (at.cut && !captured_whole_) flag("truncated", true);
  if (!error_.empty()) text("error", error_);
  out_ += '}';
}

void JsonWriter::fields() {
  switch (at_->layer) {
    case Layer::ethernet:
      return ethernet();
    case Layer::vlan:
      return vlan();
    case Layer::llc:
      return llc();
    case Layer::linux_cooked:
      return linux_cooked();
    case Layer::linux_cooked_2:
      return linux_cooked_2();
    case Layer::loopback:
      return loopback();
    case Layer::arp:
      return arp();
    case Layer::ipv4:
      return ipv4();
    case Layer::ipv6:
      return ipv6();
    case Layer::ipv6_hop_by_hop:
    case Layer::ipv6_routing:
    case Layer::ipv6_destination:
      return ipv6_extension();
    case Layer::ipv6_fragment:
      return ipv6_fragment();
    case Layer::ah:
      return ah();
    case Layer::esp:
      return esp();
    case Layer::gre:
      return gre();
    case Layer::icmp:
      return icmp();
    case Layer::icmpv6:
      return icmpv6();
    case Layer::udp:
      return udp();
    case Layer::tcp:
      return tcp();
    case Layer::vxlan:
      return vxlan();
    case Layer::dns:
      return dns();
    case Layer::wireguard:
      return wireguard();
    case Layer::tunnel_message:
    case Layer::payload:
      break;
  }
}

/// The walk says what kind of fault there is; the schema's code also depends on the length that tells the lie.
void JsonWriter::blame_fault() {
  // The first byte tells whether this is the header at all, even where not more of it is here.
  if (at_->layer == Layer::ipv4 && header_[0] >> 4 != 4) return blame("bad_version");
  if (at_->layer == Layer::ipv4 && (header_[0] & 0xfu) < 5) return blame("bad_header_len");
  if (at_->layer == Layer::ipv6 && header_[0] >> 4 != 6) return blame("bad_version");
  switch (at_->fault) {
    case Fault::none:
    case Fault::too_deep:
    case Fault::bad_option:
    case Fault::bad_version:
      return;
    case Fault::bad_name:
      return blame("bad_name");
    case Fault::bad_length:
      if (at_->layer == Layer::ipv4) return blame("bad_total_len");
      return blame(at_->layer == Layer::tcp || at_->layer == Layer::ah ? "bad_header_len"
                                                                       : "bad_length");
    case Fault::truncated:
      break;
  }
  const bool tcp_options = at_->layer == Layer::tcp && has(13);
  if (tcp_options && (header_[12] >> 4) * std::size_t{4} > at_->length)
    return blame("bad_header_len");
  if (at_->cut && !captured_whole_) return;
  // Its header is whole: then it was its own length that announces more than there is.
  if (at_->layer == Layer::ipv4 && has(20) && has((header_[0] & 0xfu) * std::size_t{4}))
    return blame("bad_total_len");
  if (at_->layer == Layer::ipv6 && has(40)) return blame("bad_payload_len");
  if (at_->layer == Layer::udp && has(8)) return blame("bad_length");
  blame("short");
}

void JsonWriter::hardware(const Key& name, std::size_t offset, std::size_t size) {
  if (!has(offset + size)) return;
  key(name);
  out_ += '"';
  append_hardware(out_, header_.subspan(offset, size));
  out_ += '"';
}

void JsonWriter::checksum_status(std::size_t checksum_end) {
  if (!has(checksum_end)) return;
  const auto index = static_cast<std::size_t>(at_ - packet_.layers().data());
  text("checksum_status", word(verify_checksum(packet_, index).status));
}

template <class WriteData>
void JsonWriter::options(std::size_t begin, bool whole, WriteData write_data) {
  if (header_.size() <= begin) return;
  key("options");
  out_ += '[';
  wire::OptionList list{header_.subspan(begin)};
  while (const auto option = list.next()) {
    if (out_.back() == '}') out_ += ',';
    out_ += "{\"kind\":";
    append_decimal(out_, option->kind);
    if (option->has_length()) {
      number("len", option->size());
      write_data(*option);
    }
    out_ += '}';
  }
  if (const Bytes rest = list.rest(); list.damaged()) {
    if (out_.back() == '}') out_ += ',';
    out_ += "{\"kind\":";
    append_decimal(out_, rest[0]);
    if (rest.size() > 1) number("len", rest[1]);
    out_ += '}';
    if (whole || (rest.size() > 1 && rest[1] < 2)) blame("bad_options");
  }
  out_ += ']';
}

void JsonWriter::ethernet() {
  address<MacAddress, 0, 6>("dst");
  address<MacAddress, 6, 6>("src");
  if (!has(14)) return;
  const std::uint16_t type = load_be16(header_.subspan<12, 2>());
  number(type > wire::max_frame_length ? Key{"ethertype"} : Key{"length"}, type);
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

void JsonWriter::vxlan() {
  if (has(7)) number("vni", load_be32(header_.subspan<3, 4>()) & 0xffffffu);
  if (has(8)) number("header_len", 8);
}

void JsonWriter::dns() {
  u16<0>("id");
  if (has(3)) {
    flag("qr", (header_[2] & 0x80u) != 0);
    number("opcode", header_[2] >> 3 & 0xfu);
    flag("aa", (header_[2] & 4u) != 0);
    flag("tc", (header_[2] & 2u) != 0);
    flag("rd", (header_[2] & 1u) != 0);
  }
  if (has(4)) {
    flag("ra", (header_[3] & 0x80u) != 0);
    number("rcode", header_[3] & 0xfu);
  }
  u16<4>("qdcount");
  u16<6>("ancount");
  u16<8>("nscount");
  u16<10>("arcount");
  const auto view = wire::DnsView::parse(header_);
  if (!view) return;
  key("questions");
  out_ += '[';
  wire::DnsQuestions questions{*view};
  while (const auto question = questions.next()) {
    out_ += out_.back() == '}' ? ",{\"name\":" : "{\"name\":";
    append_name(out_, question->name);
    number("qtype", question->type);
    number("qclass", question->klass);
    out_ += '}';
  }
  out_ += ']';
  dns_answers(*view);
}

/// The answers alone; each with its data in words, or in hex where we have no words.
void JsonWriter::dns_answers(const wire::DnsView& view) {
  if (view.answer_count() == 0) return;
  key("answers");
  out_ += '[';
  wire::DnsRecords records{view};
  for (unsigned i = 0; i < view.answer_count(); ++i) {
    const auto record = records.next();
    if (!record) break;
    out_ += i == 0 ? "{\"name\":" : ",{\"name\":";
    append_name(out_, record->name);
    number("rtype", record->type);
    number("rclass", record->klass);
    number("ttl", record->ttl);
    key("data");
    record_data(view, *record);
    out_ += '}';
  }
  out_ += ']';
}

void JsonWriter::record_data(const wire::DnsView& view, const wire::DnsRecord& record) {
  namespace type = wire::dns_type;
  const bool is_name =
      record.type == type::cname || record.type == type::ns || record.type == type::ptr;
  if (is_name) {
    if (const auto name = wire::DnsName::parse(view.message(), record.data_at))
      return append_name(out_, *name);
  }
  out_ += '"';
  const bool is_address = (record.type == type::a && record.data.size() == 4) ||
                          (record.type == type::aaaa && record.data.size() == 16);
  if (is_address)
    append_record_data(out_, view.message(), record);
  else
    append_hex_bytes(out_, record.data);
  out_ += '"';
}

void JsonWriter::wireguard() {
  number("message_type", header_[0]);
  const auto u32_le = [&](const Key& name, std::size_t offset) {
    if (has(offset + 4)) number(name, load_le32(header_.subspan(offset).first<4>()));
  };
  switch (header_[0]) {
    case wire::WireguardView::initiation:
      return u32_le("sender", 4);
    case wire::WireguardView::response:
      u32_le("sender", 4);
      return u32_le("receiver", 8);
    case wire::WireguardView::cookie:
      return u32_le("receiver", 4);
    default:
      break;
  }
  u32_le("receiver", 4);
  if (has(16)) number("counter", load_le64(header_.subspan<8, 8>()));
}

}  // namespace

void append_json_layers(std::string& out, const Packet& packet) {
  JsonWriter{out, packet, packet.bytes().size() == packet.wire_length()}.write();
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char character : text) {
    const auto byte = static_cast<std::uint8_t>(character);
    if (character == '"' || character == '\\') {
      out += '\\';
      out += character;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      append_hex_bytes(out, Bytes{&byte, 1});
    } else {
      out += character;
    }
  }
  out += '"';
}

}  // namespace culvert::inspect
