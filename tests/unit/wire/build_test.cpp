#include "wire/build.hpp"

#include "support/parser.hpp"
#include "support/random_packet.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }

/// Two hosts of one family.
struct Pair {
  Endpoint from;
  Endpoint to;
  IpAddress router;
};

Pair random_pair(SeededRandom& random) {
  const bool v4 = random.coin();
  const auto address = [&] { return v4 ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()}; };
  return {{address(), random.number<std::uint16_t>()},
          {address(), random.number<std::uint16_t>()},
          address()};
}

}  // namespace

TEST_CASE("a built UDP packet parses, holds what it was given, and checks", "[wire][build]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Pair pair = random_pair(random);
  const Buffer payload = random.bytes(random.below(1400));
  Buffer room(header_room + payload.size());
  const MutableBytes packet = build_udp(room, pair.from, pair.to, payload);

  const auto parsed = parse_packet(packet);
  REQUIRE(parsed);
  CHECK(parsed->layers()[0].length == packet.size());
  const auto udp = parsed->get<UdpView>();
  REQUIRE(udp);
  CHECK(udp->source_port() == pair.from.port);
  CHECK(udp->destination_port() == pair.to.port);
  CHECK(udp->checksum() != 0);  // 0 would say "none"
  CHECK(to_vector(udp->payload()) == payload);
  CHECK(checksums_hold(packet));
  CHECK(packet.size() == (pair.from.address.is_v4() ? 28 : 48) + payload.size());
}

TEST_CASE("a built echo request is answered with its own identifier, sequence and data",
          "[wire][build]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Pair pair = random_pair(random);
  const auto identifier = random.number<std::uint16_t>();
  const auto sequence = random.number<std::uint16_t>();
  const Buffer payload = random.bytes(random.below(1400));
  Buffer room(header_room + payload.size());
  const Bytes request =
      build_echo_request(room, pair.from.address, pair.to.address, identifier, sequence, payload);
  CHECK(checksums_hold(request));

  Buffer reply_room(request.size());
  const auto reply = build_echo_reply(reply_room, request);
  REQUIRE(reply);
  CHECK(checksums_hold(*reply));
  const auto packet = parse_packet(*reply);
  REQUIRE(packet);
  const auto check = [&](const auto& ip, const auto& icmp, std::uint8_t type) {
    REQUIRE(ip);
    REQUIRE(icmp);
    CHECK(IpAddress{ip->source()} == pair.to.address);
    CHECK(IpAddress{ip->destination()} == pair.from.address);
    CHECK(icmp->type() == type);
    CHECK(icmp->identifier() == identifier);
    CHECK(icmp->sequence() == sequence);
    CHECK(to_vector(icmp->payload()) == payload);
  };
  if (pair.from.address.is_v4()) {
    check(packet->get<Ipv4View>(), packet->get<IcmpView>(), icmp::echo_reply);
  } else {
    check(packet->get<Ipv6View>(), packet->get<Icmpv6View>(), icmpv6::echo_reply);
  }
}

TEST_CASE("only a whole echo request is answered", "[wire][build]") {
  Buffer room(100);
  Buffer out(200);
  const auto request =
      to_vector(build_echo_request(room, ip("10.0.0.2"), ip("10.0.0.1"), 1, 1, bytes("61 62")));
  REQUIRE(build_echo_reply(out, request));

  CHECK_FALSE(build_echo_reply(out, with_byte(request, 20, icmp::echo_reply)));
  CHECK_FALSE(build_echo_reply(out, Bytes{request}.first(29)));   // cut
  CHECK_FALSE(build_echo_reply(out, with_byte(request, 9, 58)));  // ICMPv6 in IPv4
  const Endpoint somewhere{ip("10.0.0.2"), 1};
  CHECK_FALSE(build_echo_reply(out, build_udp(room, somewhere, somewhere, bytes("61"))));

  Buffer tunnelled(20);
  write(Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + request.size()),
                   .protocol = Protocol::ipv4},
        MutableBytes{tunnelled}.first<20>());
  append(tunnelled, request);
  CHECK_FALSE(build_echo_reply(out, tunnelled));
}

TEST_CASE("an echo request in fragments is answered fragment by fragment", "[wire][build]") {
  const Buffer payload(64, 0x61);
  Buffer room(200);
  const auto request =
      to_vector(build_echo_request(room, ip("10.0.0.2"), ip("10.0.0.1"), 7, 1, payload));
  constexpr std::size_t cut = 32;  // bytes of ICMP in the first fragment
  const Bytes message = Bytes{request}.subspan(20);
  const auto fragment = [&](Bytes part, bool more, std::size_t offset) {
    Buffer bytes(20);
    write(Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + part.size()),
                     .more_fragments = more,
                     .fragment_offset = offset,
                     .protocol = Protocol::icmp,
                     .source = Ipv4Address{10, 0, 0, 2},
                     .destination = Ipv4Address{10, 0, 0, 1}},
          MutableBytes{bytes}.first<20>());
    append(bytes, part);
    return bytes;
  };

  Buffer out(200);
  const auto first = build_echo_reply(out, fragment(message.first(cut), true, 0));
  REQUIRE(first);
  Buffer answer = to_vector(first->subspan(20));
  const auto second = build_echo_reply(out, fragment(message.subspan(cut), false, cut));
  REQUIRE(second);
  CHECK(Ipv4View::parse(*second)->destination() == Ipv4Address{10, 0, 0, 2});
  append(answer, second->subspan(20));

  const auto whole = build_echo_reply(out, request);
  REQUIRE(whole);
  CHECK(answer == to_vector(whole->subspan(20)));
}

TEST_CASE("a fragment of anything but ICMP is not answered", "[wire][build]") {
  Buffer out(200);
  Buffer fragment(28);
  write(Ipv4Fields{.total_length = 28, .fragment_offset = 8, .protocol = Protocol::udp},
        MutableBytes{fragment}.first<20>());
  CHECK_FALSE(build_echo_reply(out, fragment));
}

TEST_CASE("an answered echo that was damaged on its way stays visibly damaged", "[wire][build]") {
  Buffer room(100);
  Buffer out(100);
  auto request =
      to_vector(build_echo_request(room, ip("10.0.0.2"), ip("10.0.0.1"), 1, 1, bytes("61 62")));
  request.back() ^= 1;
  CHECK_FALSE(checksums_hold(*build_echo_reply(out, request)));
}

TEST_CASE("too big: the sender hears the MTU, and the beginning of its own packet",
          "[wire][build]") {
  const auto seed = GENERATE(range(1u, 60u));
  CAPTURE(seed);
  SeededRandom random{seed};
  const Pair pair = random_pair(random);
  const Buffer payload = random.bytes(random.below(2000));
  Buffer room(header_room + payload.size());
  const Bytes original = build_udp(room, pair.from, pair.to, payload);
  Buffer out(1280);
  const auto error = build_too_big(out, pair.router, original, 1400);
  REQUIRE(error);
  CHECK(checksums_hold(*error));

  const auto packet = parse_packet(*error);
  REQUIRE(packet);
  const bool v4 = pair.router.is_v4();
  const std::size_t limit = v4 ? 576 : 1280;  // RFC 1812, section 4.3.2.3; RFC 4443, section 3.2
  const std::size_t headers = v4 ? 28 : 48;
  CHECK(error->size() == std::min(limit, headers + original.size()));
  if (v4) {
    CHECK(IpAddress{packet->get<Ipv4View>()->source()} == pair.router);
    CHECK(IpAddress{packet->get<Ipv4View>()->destination()} == pair.from.address);
    CHECK(packet->get<IcmpView>()->type() == icmp::destination_unreachable);
    CHECK(packet->get<IcmpView>()->code() == icmp::code_fragmentation_needed);
    CHECK(packet->get<IcmpView>()->next_hop_mtu() == 1400);
  } else {
    CHECK(IpAddress{packet->get<Ipv6View>()->source()} == pair.router);
    CHECK(IpAddress{packet->get<Ipv6View>()->destination()} == pair.from.address);
    CHECK(packet->get<Icmpv6View>()->type() == icmpv6::packet_too_big);
    CHECK(packet->get<Icmpv6View>()->mtu() == 1400);
  }
  const Bytes quote = Bytes{*error}.subspan(headers);
  CHECK(to_vector(quote) == to_vector(original.first(quote.size())));
}

TEST_CASE("there are no errors about errors, but there are errors about echoes", "[wire][build]") {
  for (const char* host : {"10.0.0.2", "2001:db8::2"}) {
    CAPTURE(host);
    Buffer room(1400);
    Buffer out(1400);
    const auto echo = to_vector(build_echo_request(room, ip(host), ip(host), 1, 1, bytes("61")));
    const auto error = build_too_big(room, ip(host), echo, 1280);
    REQUIRE(error);
    CHECK_FALSE(build_too_big(out, ip(host), *error, 1280));
  }
}

TEST_CASE("there are no errors about later fragments, other families, or what is no IP packet",
          "[wire][build]") {
  Buffer room(100);
  Buffer out(1400);
  const auto echo =
      to_vector(build_echo_request(room, ip("10.0.0.2"), ip("10.0.0.1"), 1, 1, bytes("61")));
  CHECK(build_too_big(out, ip("10.0.0.1"), with_byte(echo, 6, 0x20), 1280));  // the first fragment
  CHECK_FALSE(build_too_big(out, ip("10.0.0.1"), with_byte(echo, 7, 0x01), 1280));  // the second
  CHECK_FALSE(build_too_big(out, ip("2001:db8::1"), echo, 1280));
  CHECK_FALSE(build_too_big(out, ip("10.0.0.1"), bytes("50 00"), 1280));
  CHECK_FALSE(build_too_big(out, ip("10.0.0.1"), {}, 1280));
}
