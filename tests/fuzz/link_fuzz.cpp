#include "fuzz/fuzz.hpp"
#include "wire/link.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto v1 = wire::LinuxCookedView::parse(bytes)) {
    use(v1->packet_type(), v1->hardware(), v1->address_length(), v1->address(), v1->protocol());
  }
  if (const auto v2 = wire::LinuxCooked2View::parse(bytes)) {
    use(v2->packet_type(), v2->hardware(), v2->address_length(), v2->address(),
        v2->interface_index());
  }
  if (const auto loopback = wire::LoopbackView::parse(bytes)) use(loopback->family());
}
