// How large a packet inside may be: arithmetic that everybody gets wrong once.
#include "support/exercise/exercise.hpp"
#include "wire/tunnel_message.hpp"

using namespace culvert;
using namespace culvert::exercise;

namespace {

std::size_t left(std::size_t mtu, std::size_t headers) { return mtu < headers ? 0 : mtu - headers; }

void check(Attempt& attempt, const IpAddress& outer, std::size_t mtu) {
  const std::size_t ip = outer.is_v4() ? 20 : 40;
  const std::size_t other_ip = outer.is_v4() ? 40 : 20;
  attempt.step(fmt::format("a link of {} bytes, outer address {}", mtu, to_string(outer)));
  attempt.expect(
      "the largest packet inside", wire::largest_inner_packet(outer, mtu), left(mtu, ip + 8 + 4),
      {{"the headers around it are not counted at all", mtu},
       {"the outer UDP header (8 bytes) is forgotten", left(mtu, ip + 4)},
       {"our own header (4 bytes) is forgotten", left(mtu, ip + 8)},
       {"the outer IP header is forgotten", left(mtu, 8 + 4)},
       {"IPv4's header has 20 bytes, IPv6's 40: the family is not asked",
        left(mtu, other_ip + 8 + 4)},
       {"an MTU counts from the IP header on: Ethernet's 14 bytes are not part of it",
        left(mtu, 14 + ip + 8 + 4)},
       {"the inner headers belong to the packet inside and are no overhead",
        left(mtu, ip + 8 + 4 + ip)},
       {"a subtraction below zero: std::size_t goes round to a huge number", mtu - (ip + 8 + 4)}});
}

void over_ipv4(Attempt& attempt) {
  check(attempt, attempt.random().ipv4(), 576 + attempt.random().below(9000));
}
void over_ipv6(Attempt& attempt) {
  check(attempt, attempt.random().ipv6(), 1280 + attempt.random().below(9000));
}
void tiny_links(Attempt& attempt) {
  check(attempt, attempt.random().ipv6(), attempt.random().below(52));
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"05",
       "mtu",
       {{"over IPv4 the outer headers are subtracted", "RFC 791, section 3.1; RFC 768", over_ipv4},
        {"over IPv6 the outer header is 20 bytes longer", "RFC 8200, section 3", over_ipv6},
        {"a link too small for the headers leaves nothing", "tunnel_message.hpp", tiny_links}}},
      argc, argv);
}
