#include "fuzz/fuzz.hpp"
#include "wire/ethernet.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto frame = wire::EthernetView::parse(bytes)) {
    use(frame->destination(), frame->source(), frame->ether_type(), frame->payload());
  }
  if (const auto tag = wire::VlanView::parse(bytes)) {
    use(tag->priority(), tag->drop_eligible(), tag->vlan_id(), tag->ether_type(), tag->payload());
  }
}
