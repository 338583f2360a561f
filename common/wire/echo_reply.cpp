#include "wire/build.hpp"
#include "wire/checksum_update.hpp"
#include "wire/edit.hpp"
#include "wire/icmp.hpp"
#include "wire/ipv4.hpp"
#include "wire/ipv6.hpp"

namespace culvert::wire {
namespace {

/// A fragment that is not the first: it has no ICMP header of its own, and only the others of its packet say what it
/// belongs to. Sending it back is right if it was an echo request, and harmless if not: nobody will complete the packet.
bool is_later_icmp_fragment(const Packet& packet) {
  if (const auto ipv4 = packet.get<Ipv4View>()) {
    return ipv4->fragment_offset() != 0 && ipv4->protocol() == Protocol::icmp;
  }
  const auto fragment = packet.get<Ipv6FragmentView>();
  return fragment && fragment->fragment_offset() != 0 &&
         fragment->next_header() == Protocol::icmpv6;
}

/// The ICMP header of an echo request, and what its type becomes.
struct Request {
  std::size_t offset;
  std::uint8_t reply_type;
};

std::optional<Request> echo_request_in(const Packet& packet) {
  const LayerAt* message = packet.transport();
  if (message == nullptr) return std::nullopt;
  const std::uint8_t type = packet.bytes_of(*message)[0];
  if (message->layer == Layer::icmp && type == icmp::echo_request)
    return Request{message->offset, icmp::echo_reply};
  if (message->layer == Layer::icmpv6 && type == icmpv6::echo_request) {
    return Request{message->offset, icmpv6::echo_reply};
  }
  return std::nullopt;
}

}  // namespace

// [tag: echo_reply]
std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes request) {
  const auto packet = parse_packet(request);
  if (!packet) return std::nullopt;
  const auto asked = echo_request_in(*packet);
  if (!asked && !is_later_icmp_fragment(*packet)) return std::nullopt;

  const MutableBytes reply = out.first(packet->layers()[0].length);
  copy_bytes(request.first(reply.size()), reply);

  auto editor = PacketEditor::parse(reply);
  const IpAddress asker = editor->source();
  editor->set_source(editor->destination());
  editor->set_destination(asker);
  editor->set_hops_left(64);
  if (!asked) return reply;

  // The checksum covers data that may be in other fragments, which we have not seen: updating it needs only what changes.
  const MutableBytes message = reply.subspan(asked->offset);
  const std::uint16_t before = load_be16(message.first<2>());
  message[0] = asked->reply_type;
  const std::uint16_t after = load_be16(message.first<2>());
  const auto checksum = message.subspan<2, 2>();
  store_be16(checksum, checksum_update(load_be16(checksum), before, after));
  return reply;
}
// [end: echo_reply]

}  // namespace culvert::wire
