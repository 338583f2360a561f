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
  const auto icmp = packet->get<IcmpView>();
  const auto icmpv6 = packet->get<Icmpv6View>();
  const bool asks = (icmp && icmp->type() == icmp::echo_request) ||
                    (icmpv6 && icmpv6->type() == icmpv6::echo_request);
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
  const LayerAt& at = *packet->find(icmp ? Layer::icmp : Layer::icmpv6);
  const MutableBytes message = reply.subspan(at.offset);
  const std::uint16_t before = load_be16(message.first<2>());
  message[0] = icmp ? icmp::echo_reply : icmpv6::echo_reply;
  const std::uint16_t after = load_be16(message.first<2>());
  const auto checksum = message.subspan<2, 2>();
  store_be16(checksum, checksum_update(load_be16(checksum), before, after));
  return reply;
}
// [end: echo_reply]

}  // namespace culvert::wire
