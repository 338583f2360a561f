#include "fuzz/fuzz.hpp"
#include "wire/udp.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  if (const auto header = wire::UdpView::parse_header(bytes))
    use(header->source_port(), header->payload());
  const auto udp = wire::UdpView::parse(bytes);
  if (!udp) return;
  use(udp->destination_port(), udp->checksum(), udp->payload());
  expect(udp->payload().size() + 8 == udp->length(), "header and payload are the whole datagram");
}
