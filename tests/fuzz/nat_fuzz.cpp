#include "fuzz/fuzz.hpp"
#include "support/reference_checksum.hpp"
#include "tunnel/nat.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  // Everybody but the outside address itself is inside, so that most packets are the NAT's business.
  static tunnel::Nat nat{
      {.inside = Prefix{Ipv4Address{}, 1}, .outside = Ipv4Address{192, 0, 2, 200}}};
  static Instant now{};
  now += std::chrono::seconds{1};
  std::vector<std::uint8_t> packet(bytes.begin(), bytes.end());
  const bool sound = wire::parse_packet(packet).has_value() && test::checksums_hold(packet);
  const auto answer = nat.on_packet(now, packet);
  expect(!answer || !sound || test::checksums_hold(packet),
         "a sound packet is sound when it is translated");
}
