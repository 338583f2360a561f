#include "fuzz/fuzz.hpp"
#include "wire/ipv4.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const auto header = wire::Ipv4View::parse_header(bytes);
  if (header) use(header->header(), header->payload(), header->source(), header->destination());
  const auto ip = wire::Ipv4View::parse(bytes);
  if (!ip) return;
  auto options = ip->options();
  while (const auto option = options.next()) use(option->kind, option->data);
  expect(ip->header_length() + ip->payload().size() == ip->total_length(),
         "header and payload are the whole packet");
}
