#include "fuzz/fuzz.hpp"
#include "support/reference_checksum.hpp"
#include "wire/build.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  std::vector<std::uint8_t> out(bytes.size() + 1280);
  const bool sound = wire::parse_packet(bytes).has_value() && test::checksums_hold(bytes);
  const auto reply = wire::build_echo_reply(out, bytes);
  expect(!reply || !sound || test::checksums_hold(*reply), "a sound echo gets a sound reply");
  for (const IpAddress& router : {IpAddress{Ipv4Address{}}, IpAddress{Ipv6Address{}}}) {
    const auto error = wire::build_too_big(out, router, bytes, 1280);
    expect(!error || test::checksums_hold(*error), "an ICMP error is sound");
  }
}
