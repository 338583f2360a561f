#include "fuzz/fuzz.hpp"
#include "wire/arp.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const auto arp = wire::ArpView::parse(bytes);
  if (!arp) return;
  use(arp->hardware_type(), arp->protocol_type(), arp->operation(), arp->is_ipv4_over_ethernet());
  use(arp->sender_hardware(), arp->sender_protocol(), arp->target_hardware(),
      arp->target_protocol());
  expect(arp->header_length() <= bytes.size(), "an ARP packet lies inside its bytes");
}
