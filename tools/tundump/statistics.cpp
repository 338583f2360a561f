#include "statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "inspect/names.hpp"
#include "messages.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"
#include "wire/tcp.hpp"
#include "wire/udp.hpp"
#include "wire/verify.hpp"

namespace culvert::tundump {
namespace {

constexpr std::size_t conversations_shown = 10;

/// Both directions have the same name: whoever compares lower stands first.
std::string both_ways(std::string a, std::string b) {
  if (b < a) std::swap(a, b);
  return a + " - " + b;
}

std::string host(const std::string& address, std::uint16_t port) {
  return fmt::format("{}.{}", address, port);
}

std::string conversation_of(const wire::Packet& packet) {
  std::string source, destination;
  if (const auto ip = packet.get<wire::Ipv4View>()) {
    source = to_string(ip->source());
    destination = to_string(ip->destination());
  } else if (const auto ip6 = packet.get<wire::Ipv6View>()) {
    source = to_string(ip6->source());
    destination = to_string(ip6->destination());
  } else {
    return {};
  }
  const wire::LayerAt* transport = packet.transport();
  if (transport == nullptr) return "IP " + both_ways(source, destination);
  std::string name = std::string{inspect::title(transport->layer)} + " ";
  if (const auto udp = packet.view<wire::UdpView>(*transport);
      udp && transport->layer == wire::Layer::udp)
    return name +
           both_ways(host(source, udp->source_port()), host(destination, udp->destination_port()));
  if (const auto tcp = packet.view<wire::TcpView>(*transport);
      tcp && transport->layer == wire::Layer::tcp)
    return name +
           both_ways(host(source, tcp->source_port()), host(destination, tcp->destination_port()));
  return name + both_ways(source, destination);
}

template <class Sums>
auto by_bytes(const Sums& sums) {
  std::vector<typename Sums::const_iterator> order;
  for (auto each = sums.begin(); each != sums.end(); ++each) order.push_back(each);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a->second.bytes > b->second.bytes; });
  return order;
}

}  // namespace

void Statistics::add(const wire::Packet& packet) {
  const std::size_t size = packet.wire_length();
  all_.add(size);
  smallest_ = std::min<std::uint64_t>(smallest_, size);
  largest_ = std::max<std::uint64_t>(largest_, size);
  if (packet.error()) ++damaged_;
  std::string_view innermost = "nothing we know";
  for (std::size_t i = 0; i < packet.layers().size(); ++i) {
    const wire::LayerAt& at = packet.layers()[i];
    if (at.layer != wire::Layer::payload) innermost = inspect::title(at.layer);
    if (verify_checksum(packet, i).status == wire::ChecksumStatus::bad) ++wrong_checksums_;
  }
  protocols_[std::string{innermost}].add(size);
  count_conversation(packet);
}

void Statistics::count_conversation(const wire::Packet& packet) {
  const std::string name = conversation_of(packet);
  if (name.empty()) return;
  const bool room = conversations_.size() < most_conversations || conversations_.contains(name);
  (room ? conversations_[name] : other_conversations_).add(packet.wire_length());
}

std::string Statistics::text() const {
  if (all_.packets == 0) return "no packets, so no statistics\n";
  std::string out =
      fmt::format("{}, {} bytes; smallest {}, average {}, largest {}\n", count_of(all_.packets),
                  all_.bytes, smallest_, all_.bytes / all_.packets, largest_);
  if (wrong_checksums_ > 0)
    out += fmt::format("{} wrong checksum{}\n", wrong_checksums_, wrong_checksums_ == 1 ? "" : "s");
  if (damaged_ > 0) out += fmt::format("{} with a damaged header\n", count_of(damaged_));
  fmt::format_to(std::back_inserter(out), "\n{:<48}{:>10}{:>14}\n", "innermost protocol", "packets",
                 "bytes");
  for (const auto& each : by_bytes(protocols_))
    fmt::format_to(std::back_inserter(out), "{:<48}{:>10}{:>14}\n", each->first,
                   each->second.packets, each->second.bytes);
  append_conversations(out);
  return out;
}

void Statistics::append_conversations(std::string& out) const {
  fmt::format_to(std::back_inserter(out), "\n{:<48}{:>10}{:>14}\n", "conversation", "packets",
                 "bytes");
  Sum rest = other_conversations_;
  std::size_t shown = 0;
  for (const auto& each : by_bytes(conversations_)) {
    if (shown++ < conversations_shown) {
      fmt::format_to(std::back_inserter(out), "{:<48}{:>10}{:>14}\n", each->first,
                     each->second.packets, each->second.bytes);
    } else {
      rest.packets += each->second.packets;
      rest.bytes += each->second.bytes;
    }
  }
  if (rest.packets > 0)
    fmt::format_to(std::back_inserter(out), "{:<48}{:>10}{:>14}\n", "all others", rest.packets,
                   rest.bytes);
}

}  // namespace culvert::tundump
