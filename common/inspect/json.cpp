#include "inspect/json.hpp"

#include "inspect/json_writer.hpp"
#include "wire/verify.hpp"

namespace culvert::inspect {

namespace {

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

}  // namespace

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
