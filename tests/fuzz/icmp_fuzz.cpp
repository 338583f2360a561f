#include "fuzz/fuzz.hpp"
#include "wire/icmp.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto icmp = wire::IcmpView::parse(bytes)) {
    use(icmp->type(), icmp->checksum(), icmp->identifier(), icmp->sequence(), icmp->next_hop_mtu(),
        icmp->payload());
    expect(!(icmp->is_echo() && icmp->is_error()), "an echo is no error");
  }
  if (const auto icmp = wire::Icmpv6View::parse(bytes)) {
    use(icmp->type(), icmp->mtu(), icmp->rest(), icmp->payload());
    expect(!(icmp->is_echo() && icmp->is_error()), "an echo is no error");
  }
}
