#include "fuzz/fuzz.hpp"
#include "wire/ipv6.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto header = wire::Ipv6View::parse_header(bytes))
    use(header->source(), header->payload());
  if (const auto ip = wire::Ipv6View::parse(bytes)) {
    expect(ip->payload().size() == ip->payload_length(),
           "the payload is as long as the header says");
  }
  if (const auto extension = wire::Ipv6ExtensionView::parse(wire::Layer::ipv6_routing, bytes)) {
    use(extension->next_header(), extension->routing_type(), extension->segments_left(),
        extension->header());
  }
  if (const auto piece = wire::Ipv6FragmentView::parse(bytes))
    use(piece->fragment_offset(), piece->identification());
}
