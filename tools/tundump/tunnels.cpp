#include "tunnels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/wireguard.hpp"

namespace culvert::tundump {
namespace {

using wire::Layer;
using Verdict = noise::RecordedSessions::Verdict;

constexpr std::uint16_t raw_ip = 101;
constexpr std::size_t data_header = 16;
constexpr std::size_t tag = 16;

bool is_ip(const wire::LayerAt& at) { return at.layer == Layer::ipv4 || at.layer == Layer::ipv6; }

/// A packet as it would have been captured inside the tunnel.
capture::CapturedPacket inner_packet(const capture::CapturedPacket& outer, Bytes bytes,
                                     std::size_t wire_length) {
  capture::CapturedPacket inner = outer;
  inner.bytes = bytes;
  inner.wire_length = static_cast<std::uint32_t>(wire_length);
  inner.link_type = raw_ip;
  return inner;
}

/// The second IP packet of a walk, if there is one; but not the one that an ICMP error quotes.
const wire::LayerAt* second_ip(const wire::Packet& packet) {
  bool first = true;
  for (const wire::LayerAt& at : packet.layers()) {
    if (at.layer == Layer::icmp || at.layer == Layer::icmpv6) return nullptr;
    if (is_ip(at) && !std::exchange(first, false)) return &at;
  }
  return nullptr;
}

/// Does an IP header around `at` say that it encloses only the beginning?
bool is_fragment(const wire::Packet& packet, const wire::LayerAt& at) {
  for (const wire::LayerAt& outer : packet.layers()) {
    if (&outer == &at) break;
    const auto ip = packet.view<wire::Ipv4View>(outer);
    if (outer.layer == Layer::ipv4 && ip && ip->more_fragments()) return true;
    const auto cut = packet.view<wire::Ipv6FragmentView>(outer);
    if (outer.layer == Layer::ipv6_fragment && cut && cut->more_fragments()) return true;
  }
  return false;
}

/// The sender padded the packet to 16 bytes; its own header says how long it is.
std::size_t without_padding(Bytes plain) {
  if (const auto ip = wire::Ipv4View::parse(plain)) return ip->total_length();
  if (const auto ip = wire::Ipv6View::parse(plain)) return ip->payload_length() + std::size_t{40};
  return plain.size();
}

}  // namespace

capture::CapturedPacket without_link(const capture::CapturedPacket& captured,
                                     const wire::Packet& packet) {
  const auto layers = packet.layers();
  const auto ip = std::find_if(layers.begin(), layers.end(), is_ip);
  if (ip == layers.end()) return captured;
  return inner_packet(captured, packet.bytes_of(*ip), ip->length);
}

void Tunnels::use_key_log_file(const std::string& path) {
  path_ = path;
  file_.open(path, std::ios::binary);
  if (!file_) throw std::runtime_error(path + ": no such key log");
  read_more();
}

/// A program that is still running writes further keys behind those that we know.
void Tunnels::read_more() {
  if (path_.empty()) return;
  file_.clear();
  file_.seekg(read_);
  const std::string text{std::istreambuf_iterator<char>{file_}, {}};
  const auto whole = text.rfind("PRESHARED_KEY");  // a record may be half written
  const auto end = whole == std::string::npos ? whole : text.find('\n', whole);
  if (read_ > 0 && end == std::string::npos) return;
  const std::string records = text.substr(0, end == std::string::npos ? text.size() : end + 1);
  read_ += static_cast<std::streamoff>(records.size());
  use_key_log_text(records, path_);
}

void Tunnels::use_key_log_text(const std::string& text, const std::string& from) {
  auto records = noise::parse_key_log(text);
  if (!records) throw std::runtime_error(fmt::format("{}: {}", from, records.error()));
  key_log_ += text;
  sessions_.add(std::move(*records));
}

Inside Tunnels::look(const capture::CapturedPacket& captured, const wire::Packet& packet,
                     std::size_t source) {
  const wire::LayerAt* wireguard = packet.find(Layer::wireguard);
  if (wireguard == nullptr) {
    const wire::LayerAt* inner = second_ip(packet);
    if (inner == nullptr) return {};
    return {inner_packet(captured, packet.bytes_of(*inner), inner->length), {}};
  }
  const Bytes message = packet.bytes_of(*wireguard);
  sessions_.on_datagram(message);
  if (message[0] != wire::WireguardView::data || (!has_keys() && path_.empty())) return {};
  if (message.size() < wireguard->length) return {std::nullopt, "not opened: the capture cut it"};
  if (is_fragment(packet, *wireguard))
    return {std::nullopt, "not opened: a fragment, the rest of it travels alone"};
  return open(captured, message, source);
}

Inside Tunnels::open(const capture::CapturedPacket& captured, Bytes message, std::size_t source) {
  opened_.assign(message.begin(), message.end());
  Verdict verdict = sessions_.open(opened_);
  if (verdict == Verdict::unknown_session) {
    read_more();
    verdict = sessions_.open(opened_);
  }
  if (verdict == Verdict::unknown_session) return {std::nullopt, "no key for this session"};
  if (verdict == Verdict::forged) return {std::nullopt, "forged: its tag is wrong"};
  const auto receiver = load_le32(message.subspan<4, 4>());
  const auto counter = load_le64(message.subspan<8, 8>());
  const bool fresh = windows_[{source, receiver}].accept(counter);
  const Bytes plain = Bytes{opened_}.subspan(data_header, opened_.size() - data_header - tag);
  std::string remark =
      fresh ? fmt::format("tag right, counter {}", counter)
            : fmt::format("tag right, but replayed: counter {} came before", counter);
  if (plain.empty()) return {std::nullopt, remark + ", keepalive"};
  const std::size_t length = std::min(without_padding(plain), plain.size());
  return {inner_packet(captured, plain.first(length), length), std::move(remark)};
}

}  // namespace culvert::tundump
