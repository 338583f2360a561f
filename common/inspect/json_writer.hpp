// The writer behind append_json_layers(): its members, one or more for each layer, are in the files json_*.cpp beside this one.
#pragma once

#include <string>
#include <string_view>

#include "inspect/names.hpp"
#include "inspect/text.hpp"
#include "wire/dns.hpp"
#include "wire/options.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

using wire::Fault;
using wire::Layer;
using wire::LayerAt;
using wire::Packet;

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

}  // namespace culvert::inspect
