#include "wire/packet.hpp"

#include <memory>

#include "support/count_allocations.hpp"
#include "support/parser.hpp"
#include "support/random_packet.hpp"
#include "wire/arp.hpp"
#include "wire/dns.hpp"
#include "wire/ethernet.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

// An Ethernet frame on VLAN 100: 192.0.2.2 asks 192.0.2.1 for the address of "a", and 2 bytes of padding.
const auto dns_query = bytes(
    "02 00 00 00 00 01 02 00 00 00 00 02 81 00"
    "00 64 08 00"
    "45 00 00 2f 00 01 00 00 40 11 f6 b9 c0 00 02 02 c0 00 02 01"
    "9c 40 00 35 00 1b 00 00"
    "00 07 01 00 00 01 00 00 00 00 00 00 01 61 00 00 01 00 01"
    "00 00");

// A whole UDP datagram of 2 bytes, from port 40000 to port 40001.
const auto udp = bytes("9c 40 9c 41 00 0a 00 00 61 62");

std::vector<Layer> kinds(const Packet& packet) {
  std::vector<Layer> out;
  for (const LayerAt& at : packet.layers()) out.push_back(at.layer);
  return out;
}

Packet walk(Bytes packet) { return Packet::walk(packet, LinkType::raw_ip); }

Buffer ipv4(Bytes payload, Protocol protocol, std::size_t fragment_offset = 0,
            bool more_fragments = false) {
  Buffer out(20);
  write(Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + payload.size()),
                   .more_fragments = more_fragments,
                   .fragment_offset = fragment_offset,
                   .protocol = protocol},
        MutableBytes{out}.first<20>());
  append(out, payload);
  return out;
}

Buffer ipv6(Bytes payload, Protocol next_header) {
  Buffer out(40);
  write(Ipv6Fields{.payload_length = static_cast<std::uint16_t>(payload.size()),
                   .next_header = next_header},
        MutableBytes{out}.first<40>());
  append(out, payload);
  return out;
}

/// What every walk promises, whatever the bytes: layers lie one behind the other and inside the capture.
void keeps_inside(const Packet& packet) {
  std::size_t at = 0;
  for (const LayerAt& layer : packet.layers()) {
    REQUIRE(layer.offset == at);
    at += layer.header_length;
    REQUIRE(at <= packet.bytes().size());
    REQUIRE(layer.header_length <= layer.length);
    REQUIRE(packet.bytes_of(layer).size() >= layer.header_length);
  }
  REQUIRE(packet.layers().size() <= Packet::max_layers);
}

}  // namespace

TEST_CASE("a walk finds every layer, where it begins and how far it goes", "[wire][packet]") {
  const Packet packet = Packet::walk(dns_query, LinkType::ethernet);
  CHECK_FALSE(packet.error());
  REQUIRE(kinds(packet) ==
          std::vector{Layer::ethernet, Layer::vlan, Layer::ipv4, Layer::udp, Layer::dns});
  const auto at = [&](std::size_t i) {
    const LayerAt& layer = packet.layers()[i];
    return std::vector<std::size_t>{layer.offset, layer.header_length, layer.length};
  };
  CHECK(at(0) == std::vector<std::size_t>{0, 14, 67});
  CHECK(at(1) == std::vector<std::size_t>{14, 4, 53});
  CHECK(at(2) == std::vector<std::size_t>{18, 20, 47});  // the padding lies outside
  CHECK(at(3) == std::vector<std::size_t>{38, 8, 27});
  CHECK(at(4) == std::vector<std::size_t>{46, 19, 19});
  CHECK(packet.body_of(packet.layers()[3]).size() == 19);
}

TEST_CASE("a walk gives views of its layers", "[wire][packet]") {
  const Packet packet = Packet::walk(dns_query, LinkType::ethernet);
  CHECK(packet.get<VlanView>()->vlan_id() == 100);
  CHECK(to_string(packet.get<Ipv4View>()->source()) == "192.0.2.2");
  CHECK(packet.get<UdpView>()->destination_port() == 53);
  CHECK(packet.get<DnsView>()->id() == 7);
  CHECK_FALSE(packet.get<TcpView>());
  CHECK(packet.find(Layer::tcp) == nullptr);
}

TEST_CASE("what follows the last header is one payload", "[wire][packet]") {
  const auto datagram = ipv4(udp, Protocol::udp);
  const Packet packet = walk(datagram);
  REQUIRE(kinds(packet) == std::vector{Layer::ipv4, Layer::udp, Layer::payload});
  CHECK(packet.layers()[2].offset == 28);
  CHECK(packet.layers()[2].length == 2);
}

TEST_CASE("a walk begins with what the link type says", "[wire][packet]") {
  const auto packet = ipv4(udp, Protocol::udp);
  const auto behind = [&](std::string_view header) {
    Buffer out = bytes(header);
    append(out, packet);
    return out;
  };
  using Case = std::tuple<LinkType, Buffer, Layer>;
  const std::vector<Case> cases = {
      {LinkType::ethernet, behind("ff ff ff ff ff ff 02 00 00 00 00 01 08 00"), Layer::ethernet},
      {LinkType::linux_cooked, behind("00 00 03 04 00 06 00 00 00 00 00 00 00 00 08 00"),
       Layer::linux_cooked},
      {LinkType::linux_cooked_2,
       behind("08 00 00 00 00 00 00 01 03 04 00 06 00 00 00 00 00 00 00 00"),
       Layer::linux_cooked_2},
      {LinkType::loopback, behind("02 00 00 00"), Layer::loopback},
      {LinkType::openbsd_loopback, behind("00 00 00 02"), Layer::loopback},
  };
  for (const auto& [link, frame, first] : cases) {
    CAPTURE(static_cast<int>(link));
    CHECK(kinds(Packet::walk(frame, link)) ==
          std::vector{first, Layer::ipv4, Layer::udp, Layer::payload});
  }
  for (const LinkType link : {LinkType::raw_ip, LinkType::openbsd_raw_ip, LinkType::ipv4}) {
    CHECK(kinds(Packet::walk(packet, link)) ==
          std::vector{Layer::ipv4, Layer::udp, Layer::payload});
  }
  CHECK(kinds(Packet::walk(ipv6(udp, Protocol::udp), LinkType::ipv6)) ==
        std::vector{Layer::ipv6, Layer::udp, Layer::payload});
}

TEST_CASE("a walk over an unknown link type, or over nothing, finds no header", "[wire][packet]") {
  CHECK(kinds(Packet::walk(udp, LinkType{9999})) == std::vector{Layer::payload});
  CHECK(kinds(walk(bytes("00 11"))) == std::vector{Layer::payload});  // raw IP of version 0
  CHECK(walk({}).layers().empty());
  const Packet nothing = Packet::walk({}, LinkType::ethernet);
  REQUIRE(nothing.error());
  CHECK(nothing.error()->fault == Fault::truncated);
}

TEST_CASE("ARP's padding is no payload", "[wire][packet]") {
  auto frame = bytes("ff ff ff ff ff ff 02 00 00 00 00 01 08 06");
  std::array<std::uint8_t, 28> arp{};
  write(ArpFields{}, arp);
  append(frame, arp);
  frame.resize(60);
  CHECK(kinds(Packet::walk(frame, LinkType::ethernet)) == std::vector{Layer::ethernet, Layer::arp});
}

TEST_CASE("a walk follows the chain of IPv6 extension headers", "[wire][packet]") {
  auto chain = bytes(
      "2b 00 01 04 00 00 00 00"                          // hop-by-hop; routing follows
      "3c 01 04 00 00 00 00 00 00 00 00 00 00 00 00 00"  // routing; destination options follow
      "2c 00 01 04 00 00 00 00"                          // destination options; fragment follows
      "11 00 00 00 00 00 00 01");                        // fragment at 0, the only one; UDP follows
  append(chain, udp);
  const auto whole = ipv6(chain, Protocol::hop_by_hop);
  const Packet packet = walk(whole);
  CHECK_FALSE(packet.error());
  CHECK(kinds(packet) == std::vector{Layer::ipv6, Layer::ipv6_hop_by_hop, Layer::ipv6_routing,
                                     Layer::ipv6_destination, Layer::ipv6_fragment, Layer::udp,
                                     Layer::payload});
  CHECK(packet.transport()->offset == 80);
}

TEST_CASE("an IPv6 payload length of 0 reaches to the end of the frame", "[wire][packet]") {
  auto jumbo = ipv6(udp, Protocol::udp);
  store_be16(MutableBytes{jumbo}.subspan<4, 2>(), 0);
  const Packet packet = walk(jumbo);
  CHECK_FALSE(packet.error());
  CHECK(kinds(packet) == std::vector{Layer::ipv6, Layer::udp, Layer::payload});
}

TEST_CASE("IP in IP: the inner packet's transport header is not the outer packet's",
          "[wire][packet]") {
  const auto inner = ipv4(udp, Protocol::udp);
  for (const auto& outer : {ipv4(inner, Protocol::ipv4), ipv6(inner, Protocol::ipv4)}) {
    const Packet packet = walk(outer);
    CHECK_FALSE(packet.error());
    REQUIRE(packet.layers().size() == 4);
    CHECK(packet.layers()[1].layer == Layer::ipv4);
    CHECK(packet.layers()[2].layer == Layer::udp);
    CHECK(packet.transport() == nullptr);
  }
  const auto six_in_four = ipv4(ipv6(udp, Protocol::udp), Protocol::ipv6);
  CHECK(kinds(walk(six_in_four)) ==
        std::vector{Layer::ipv4, Layer::ipv6, Layer::udp, Layer::payload});
}

TEST_CASE("each IP family has its own ICMP: the other one's is no transport header",
          "[wire][packet]") {
  const auto echo = bytes("08 00 f7 fe 00 01 00 00");
  CHECK(walk(ipv4(echo, Protocol::icmp)).transport()->layer == Layer::icmp);
  CHECK(walk(ipv6(echo, Protocol::icmpv6)).transport()->layer == Layer::icmpv6);
  CHECK(walk(ipv4(echo, Protocol::icmpv6)).transport() == nullptr);
  CHECK(walk(ipv6(echo, Protocol::icmp)).transport() == nullptr);
  CHECK(walk(ipv4(echo, Protocol{200})).transport() == nullptr);
}

TEST_CASE("a first fragment may hold the beginning of something longer", "[wire][packet]") {
  auto beginning = udp;
  beginning[5] = 200;  // the whole datagram is longer than this fragment
  CHECK_FALSE(walk(ipv4(beginning, Protocol::udp, 0, true)).error());

  auto fragment = bytes("11 00 00 01 00 00 00 01");  // offset 0, more to come; UDP follows
  append(fragment, beginning);
  CHECK_FALSE(walk(ipv6(fragment, Protocol::fragment)).error());

  const auto tunnelled =
      ipv4(Bytes{ipv4(Buffer(100), Protocol::udp)}.first(48), Protocol::ipv4, 0, true);
  CHECK(walk(tunnelled).error()->layer ==
        Layer::udp);  // its UDP length is 0; the inner total length is not blamed
}

TEST_CASE("a later fragment is payload, whatever it looks like", "[wire][packet]") {
  CHECK(kinds(walk(ipv4(udp, Protocol::udp, 8))) == std::vector{Layer::ipv4, Layer::payload});
  CHECK(walk(ipv4(udp, Protocol::udp, 8)).transport() == nullptr);

  auto fragment = bytes("11 00 00 08 00 00 00 01");
  append(fragment, udp);
  CHECK(kinds(walk(ipv6(fragment, Protocol::fragment))) ==
        std::vector{Layer::ipv6, Layer::ipv6_fragment, Layer::payload});
}

TEST_CASE("a length that claims more than there is, is a fault, and the walk goes on",
          "[wire][packet]") {
  auto lying = ipv4(udp, Protocol::udp);
  store_be16(MutableBytes{lying}.subspan<2, 2>(), 1000);
  const Packet outer = walk(lying);
  REQUIRE(outer.error());
  check_error(*outer.error(), Fault::truncated, "total length", 1000, 30);
  CHECK(outer.error_layer() == 0);
  CHECK(outer.layers()[0].fault == Fault::truncated);
  CHECK(kinds(outer) == std::vector{Layer::ipv4, Layer::udp, Layer::payload});

  auto datagram = udp;
  datagram[5] = 11;
  const Packet inner = walk(ipv4(datagram, Protocol::udp));
  REQUIRE(inner.error());
  check_error(*inner.error(), Fault::truncated, "length", 11, 10);
  CHECK(inner.error_layer() == 1);

  auto six = ipv6(udp, Protocol::udp);
  six[5] = 200;
  REQUIRE(walk(six).error());
  check_error(*walk(six).error(), Fault::truncated, "payload length", 240, 50);
}

TEST_CASE("a length that claims less ends the packet there", "[wire][packet]") {
  auto datagram = udp;
  datagram[5] = 9;
  const auto whole = ipv4(datagram, Protocol::udp);
  const Packet packet = walk(whole);
  CHECK_FALSE(packet.error());
  CHECK(packet.layers()[2].length == 1);
}

TEST_CASE("a damaged header ends the list, and says what is wrong", "[wire][packet]") {
  auto segment = Buffer(20);
  write(TcpFields{}, MutableBytes{segment}.first<20>());
  segment[12] = 0x40;  // 16 bytes
  const auto whole = ipv4(segment, Protocol::tcp);
  const Packet packet = walk(whole);
  REQUIRE(packet.error());
  check_error(*packet.error(), Fault::bad_length, "data offset", 20, 16);
  CHECK(packet.error_layer() == 1);
  CHECK(kinds(packet) == std::vector{Layer::ipv4, Layer::tcp});
  CHECK_FALSE(packet.get<TcpView>());
  CHECK(packet.layers()[1].fault == Fault::bad_length);
  CHECK_FALSE(packet.layers()[1].cut);
}

TEST_CASE("only the first thing that is wrong is the packet's error", "[wire][packet]") {
  auto datagram = udp;
  datagram[5] = 11;
  auto whole = ipv4(datagram, Protocol::udp);
  store_be16(MutableBytes{whole}.subspan<2, 2>(), 1000);  // now both lengths lie
  const Packet packet = walk(whole);
  REQUIRE(packet.error());
  CHECK(packet.error()->layer == Layer::ipv4);
}

TEST_CASE("what the snap length cut off is not the packet's fault", "[wire][packet]") {
  const Packet packet =
      Packet::walk(Bytes{dns_query}.first(48), LinkType::ethernet, dns_query.size());
  REQUIRE(kinds(packet) ==
          std::vector{Layer::ethernet, Layer::vlan, Layer::ipv4, Layer::udp, Layer::dns});
  const LayerAt& dns = packet.layers()[4];
  CHECK(dns.cut);
  CHECK(dns.header_length == 2);
  CHECK(dns.length == 19);  // on the wire
  CHECK(packet.layers()[2].fault == Fault::none);
  CHECK(packet.wire_length() == 67);

  const Packet shorter = Packet::walk(Bytes{dns_query}.first(48), LinkType::ethernet);
  CHECK(shorter.layers()[2].fault ==
        Fault::truncated);  // here nothing was cut: the total length lies
  CHECK_FALSE(shorter.layers()[4].cut);
}

TEST_CASE("headers nested too deep stop the walk", "[wire][packet]") {
  auto frame = bytes("ff ff ff ff ff ff 02 00 00 00 00 01 81 00");
  for (int i = 0; i < 100; ++i) append(frame, bytes("00 01 81 00"));
  const Packet packet = Packet::walk(frame, LinkType::ethernet);
  REQUIRE(packet.error());
  CHECK(packet.error()->fault == Fault::too_deep);
  CHECK(packet.layers().size() == Packet::max_layers);
  keeps_inside(packet);
}

TEST_CASE("a DNS message that cannot be read is said to be damaged, but its packet stays good",
          "[wire][packet]") {
  auto damaged = to_vector(Bytes{dns_query}.subspan(18));
  damaged[33] = 200;  // questions
  const Packet packet = walk(damaged);
  REQUIRE(packet.error());
  CHECK(packet.error()->layer == Layer::dns);
  CHECK(parse_packet(damaged));
}

TEST_CASE("every beginning of a good packet walks without leaving it", "[wire][packet]") {
  const auto seed = GENERATE(range(1u, 60u));
  CAPTURE(seed);
  SeededRandom random{seed};
  Buffer whole = random_packet(random);
  if (random.coin()) whole = ipv4(whole, whole[0] >> 4 == 4 ? Protocol::ipv4 : Protocol::ipv6);
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    CAPTURE(length);
    const Buffer beginning(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    keeps_inside(walk(beginning));
    const Packet cut = Packet::walk(beginning, LinkType::raw_ip, whole.size());
    keeps_inside(cut);
    if (cut.error())
      CHECK(cut.layers()[cut.error_layer()].cut);  // there is nothing wrong but the missing rest
  }
}

TEST_CASE("damaged packets walk without leaving their bytes", "[wire][packet]") {
  const auto seed = GENERATE(range(1u, 200u));
  CAPTURE(seed);
  SeededRandom random{seed};
  Buffer packet = random_packet(random);
  for (int flips = 0; flips < 20; ++flips) {
    const auto size = static_cast<std::uint32_t>(packet.size());
    packet[random.below(size)] = random.number<std::uint8_t>();
    keeps_inside(walk(packet));
    keeps_inside(Packet::walk(packet, LinkType::ethernet));
  }
}

TEST_CASE("a walk allocates nothing", "[wire][packet]") {
  SeededRandom random{1};
  std::vector<Buffer> packets = {dns_query};
  for (int i = 0; i < 200; ++i) packets.push_back(random_packet(random));
  std::size_t layers = 0;
  const std::size_t counted = count_allocations([&] {
    for (const Buffer& packet : packets) {
      for (const LinkType link : {LinkType::raw_ip, LinkType::ethernet}) {
        const Packet walked = Packet::walk(packet, link);
        layers += walked.layers().size();
        if (walked.get<TcpView>()) ++layers;
      }
    }
  });
  CHECK(counted == 0);
  CHECK(layers > 400);
  CHECK(count_allocations([] { (void)std::make_unique<int>(1); }) == 1);  // the counter counts
}

TEST_CASE("parse_packet gives the layers of a whole IP packet", "[wire][packet]") {
  const auto whole = ipv4(udp, Protocol::udp);
  const auto packet = parse_packet(whole);
  REQUIRE(packet);
  CHECK(packet->get<UdpView>()->source_port() == 40000);
}

TEST_CASE("parse_packet refuses what is no IP packet, and what is not whole", "[wire][packet]") {
  check_error(parse_packet({}).error(), Fault::truncated, "header", 20, 0);
  check_error(parse_packet(bytes("50 00")).error(), Fault::bad_version, "version", 4, 5);
  refuses_every_truncation(ipv4(udp, Protocol::udp), parse_packet);
  refuses_every_truncation(ipv6(udp, Protocol::udp), parse_packet);
}

TEST_CASE("parse_packet refuses lengths of 0, which a TUN device never gives", "[wire][packet]") {
  // Captures have them: a packet that the network card has still to cut (segmentation offload), or a jumbogram.
  auto whole = ipv4(udp, Protocol::udp);
  whole[2] = whole[3] = 0;
  CHECK_FALSE(walk(whole).error());
  check_error(parse_packet(whole).error(), Fault::bad_length, "total length", 20, 0);

  auto jumbo = ipv6(udp, Protocol::udp);
  jumbo[40 + 4] = jumbo[40 + 5] = 0;
  CHECK_FALSE(walk(jumbo).error());
  check_error(parse_packet(jumbo).error(), Fault::bad_length, "length", 8, 0);
}
