// caught by: an IPv4 echo request is answered, every field and checksum right
// cause: checksum: ICMP wants the high byte first (network order), and yours is swapped
#include "wire/build.hpp"
#include "wire/checksum.hpp"
#include "wire/edit.hpp"
#include "wire/icmp.hpp"

namespace culvert::wire {

std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes request) {
  const auto packet = parse_packet(request);
  if (!packet) return std::nullopt;
  const LayerAt* message = packet->transport();
  if (message == nullptr) return std::nullopt;
  const bool v4 = message->layer == Layer::icmp;
  const bool v6 = message->layer == Layer::icmpv6;
  const std::uint8_t type = request[message->offset];
  if (!(v4 && type == icmp::echo_request) && !(v6 && type == icmpv6::echo_request))
    return std::nullopt;

  const MutableBytes reply = out.first(packet->layers()[0].length);
  copy_bytes(request.first(reply.size()), reply);
  auto editor = PacketEditor::parse(reply);
  const IpAddress asker = editor->source();
  editor->set_source(editor->destination());
  editor->set_destination(asker);
  editor->set_hops_left(64);

  const MutableBytes answer = reply.subspan(message->offset);
  answer[0] = v4 ? icmp::echo_reply : icmpv6::echo_reply;
  store_be16(answer.subspan<2, 2>(), 0);
  const std::uint16_t pseudo =
      v6 ? pseudo_header_sum(editor->source(), asker, Protocol::icmpv6, answer.size())
         : std::uint16_t{0};
  store_le16(answer.subspan<2, 2>(), internet_checksum(answer, pseudo));
  return reply;
}

}  // namespace culvert::wire
