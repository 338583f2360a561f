// caught by: a request for another address is not answered
// cause: it answers for somebody else's address: that is the attack of this chapter
#include <algorithm>

#include "wire/arp.hpp"
#include "wire/arp_reply.hpp"
#include "wire/ethernet.hpp"

namespace culvert::wire {

std::optional<MutableBytes> build_arp_reply(MutableBytes out, Bytes frame, const Station& us) {
  const auto ethernet = EthernetView::parse(frame);
  if (!ethernet || ethernet->ether_type() != static_cast<std::uint16_t>(EtherType::arp))
    return std::nullopt;
  const auto request = ArpView::parse(frame.subspan(14));
  if (!request || !request->is_ipv4_over_ethernet()) return std::nullopt;
  if (request->operation() != ArpView::request) return std::nullopt;

  const MacAddress asker{request->sender_hardware().first<6>()};
  const MutableBytes reply = out.first(14 + 28);
  write(EthernetFields{asker, us.mac, ethernet->ether_type()}, reply.first<14>());
  write(ArpFields{.operation = ArpView::reply,
                  .sender_mac = us.mac,
                  .sender_ip = us.ip,
                  .target_mac = asker,
                  .target_ip = Ipv4Address{request->sender_protocol().first<4>()}},
        reply.last<28>());
  return reply;
}

}  // namespace culvert::wire
