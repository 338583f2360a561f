#include <algorithm>

#include "wire/build.hpp"
#include "wire/checksum_update.hpp"
#include "wire/edit.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::wire {

// [tag: echo_reply]
std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes request) {
  const auto packet = parse_packet(request);
  if (!packet) return std::nullopt;
  const LayerAt* message = packet->transport();
  if (message == nullptr) return std::nullopt;
  const bool v4 = message->layer == Layer::icmp;
  const bool v6 = message->layer == Layer::icmpv6;
  const std::uint8_t type = request[message->offset];
  const bool asks = (v4 && type == icmp::echo_request) || (v6 && type == icmpv6::echo_request);
  const auto ipv4 = packet->get<Ipv4View>();
  const bool in_pieces = (ipv4 && ipv4->is_fragment()) || packet->find(Layer::ipv6_fragment) != nullptr;
  if (!asks || in_pieces) return std::nullopt;

  const MutableBytes reply = out.first(packet->layers()[0].length);
  copy_bytes(request.first(reply.size()), reply);

  auto editor = PacketEditor::parse(reply);
  const IpAddress asker = editor->source();
  editor->set_source(editor->destination());
  editor->set_destination(asker);
  editor->set_hops_left(64);

  // The type is the high byte of the first word that the checksum covers.
  const MutableBytes icmp = reply.subspan(message->offset);
  const std::uint16_t before = load_be16(icmp.first<2>());
  icmp[0] = v4 ? icmp::echo_reply : icmpv6::echo_reply;
  const std::uint16_t after = load_be16(icmp.first<2>());
  const auto checksum = icmp.subspan<2, 2>();
  store_be16(checksum, checksum_update(load_be16(checksum), before, after));
  return reply;
}
// [end: echo_reply]

}  // namespace culvert::wire
