#include "inspect/one_line.hpp"

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "wire/build.hpp"

using namespace culvert;
using inspect::one_line;
using test::bytes;
using wire::LinkType;
using wire::Packet;

namespace {

std::string line_of(Bytes packet, LinkType link = LinkType::raw_ip) {
  return one_line(Packet::walk(packet, link));
}

// A 28-byte ICMP echo request from 10.0.0.1 to 10.0.0.2.
const auto ping =
    bytes("45 00 00 1c 00 01 00 00 40 01 66 de 0a 00 00 01 0a 00 00 02 08 00 f7 fe 00 00 00 01");

// A TCP SYN from 10.0.0.1:40000 to 192.0.2.80:80 with the options of a Linux machine.
const auto syn = bytes(
    "45 00 00 3c 88 44 40 00 40 06 00 00 0a 00 00 01 c0 00 02 50"
    "9c 40 00 50 00 00 03 e8 00 00 00 00 a0 02 fa f0 00 00 00 00"
    "02 04 05 b4 04 02 08 0a 00 00 00 07 00 00 00 00 01 03 03 0a");

}  // namespace

TEST_CASE("an echo request names its identifier, sequence and length", "[inspect]") {
  CHECK(line_of(ping) == "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 0, seq 1, length 8");
}

TEST_CASE("a TCP segment names flags, numbers, window and options", "[inspect]") {
  CHECK(line_of(syn) ==
        "IP 10.0.0.1.40000 > 192.0.2.80.80: Flags [S], seq 1000, win 64240, "
        "options [mss 1460,sackOK,TS val 7 ecr 0,nop,wscale 10], length 0");
}

TEST_CASE("an HTTP request shows its first line", "[inspect]") {
  auto packet = bytes(
      "45 00 00 00 00 00 40 00 40 06 00 00 0a 00 00 01 c0 00 02 50"
      "9c 40 00 50 00 00 00 01 00 00 00 01 50 18 00 10 00 00 00 00");
  const std::string request = "GET /secret HTTP/1.1\r\nHost: site\r\n\r\n";
  packet.insert(packet.end(), request.begin(), request.end());
  packet[3] = static_cast<std::uint8_t>(packet.size());
  CHECK(line_of(packet) ==
        "IP 10.0.0.1.40000 > 192.0.2.80.80: Flags [P.], seq 1:37, ack 1, win 16, length 36: HTTP: "
        "GET /secret HTTP/1.1");
}

TEST_CASE("a DNS question shows what is asked", "[inspect]") {
  const auto question = bytes(
      "7a 60 01 00 00 01 00 00 00 00 00 00 03 77 77 77 07 65 78 61 6d 70 6c 65 03 63 6f 6d 00 00 "
      "01 00 01");
  std::array<std::uint8_t, 200> room{};
  const Endpoint client{Ipv4Address{10, 8, 0, 2}, 53812};
  const Endpoint server{Ipv4Address{10, 8, 0, 1}, 53};
  CHECK(line_of(wire::build_udp(room, client, server, question)) ==
        "IP 10.8.0.2.53812 > 10.8.0.1.53: 31328+ A? www.example.com. (33)");
}

TEST_CASE("a DNS answer shows what it says, and with -vv what was asked", "[inspect]") {
  const auto answer = bytes(
      "45 00 00 3f 00 00 00 00 40 11 66 ac 0a 00 00 01 0a 00 00 02 00 35 9c 40 00 2b 00 00"
      "00 07 81 80 00 01 00 01 00 00 00 00 01 61 00 00 01 00 01 c0 0c 00 01 00 01 00 00 00 3c 00 04 c0 00 02 50");
  const auto packet = wire::Packet::walk(answer, wire::LinkType::raw_ip);
  CHECK(inspect::one_line(packet) == "IP 10.0.0.1.53 > 10.0.0.2.40000: 7 1/0/0 A 192.0.2.80 (35)");
  std::string verbose;
  inspect::append_line(verbose, packet, {.verbosity = 3});
  CHECK(verbose.ends_with("7 q: A? a. 1/0/0 a. [60s] A 192.0.2.80 (35)"));
}

TEST_CASE("a quiet line has addresses, protocol and length", "[inspect]") {
  const auto segment = bytes(
      "45 00 00 2a 00 00 00 00 40 06 00 00 0a 00 00 02 c0 00 02 50"
      "9c 40 00 50 00 00 00 01 00 00 00 00 50 18 fa f0 00 00 00 00 68 69");
  std::string line;
  inspect::append_line(line, wire::Packet::walk(segment, wire::LinkType::raw_ip), {.quiet = true});
  CHECK(line == "IP 10.0.0.2.40000 > 192.0.2.80.80: tcp 2");
}

TEST_CASE("bytes of a DNS name that could steer a terminal are shown as numbers", "[inspect]") {
  const auto question = bytes("7a 60 01 00 00 01 00 00 00 00 00 00 04 1b 5b 2e 22 00 00 01 00 01");
  std::array<std::uint8_t, 200> room{};
  const Endpoint any{Ipv4Address{10, 8, 0, 2}, 53};
  CHECK(line_of(wire::build_udp(room, any, any, question)) ==
        "IP 10.8.0.2.53 > 10.8.0.2.53: 31328+ A? \\027[\\046\\034. (22)");
}

TEST_CASE("an ICMP error says which packet it is about", "[inspect]") {
  std::array<std::uint8_t, 700> room{};
  std::array<std::uint8_t, 700> error_room{};
  const Endpoint from{Ipv4Address{10, 0, 0, 2}, 40000};
  const Endpoint to{Ipv4Address{203, 0, 113, 80}, 80};
  const auto datagram = wire::build_udp(room, from, to, ping);
  const auto error = wire::build_too_big(error_room, Ipv4Address{192, 0, 2, 1}, datagram, 1400);
  REQUIRE(error);
  CHECK(line_of(*error) ==
        "IP 192.0.2.1 > 10.0.0.2: ICMP 203.0.113.80 unreachable - need to frag (mtu 1400), length "
        "64");
}

TEST_CASE("an ARP request asks who has an address", "[inspect]") {
  const auto frame = bytes(
      "ff ff ff ff ff ff 02 00 00 00 00 01 08 06"
      "00 01 08 00 06 04 00 01 02 00 00 00 00 01 c0 00 02 02 00 00 00 00 00 00 c0 00 02 01");
  CHECK(line_of(frame, LinkType::ethernet) ==
        "ARP, Request who-has 192.0.2.1 tell 192.0.2.2, length 28");
}

TEST_CASE("a link header is shown only when asked for", "[inspect]") {
  auto frame = bytes("02 00 00 00 00 02 02 00 00 00 00 01 08 00");
  frame.insert(frame.end(), ping.begin(), ping.end());
  std::string out;
  inspect::append_line(out, Packet::walk(frame, LinkType::ethernet), {.link_header = true});
  CHECK(out ==
        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 42: "
        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 0, seq 1, length 8");
}

TEST_CASE("a packet inside the plain tunnel is shown in the same line", "[inspect]") {
  auto message = bytes("05 00 00 00");
  message.insert(message.end(), ping.begin(), ping.end());
  std::array<std::uint8_t, 200> room{};
  const Endpoint client{Ipv4Address{192, 0, 2, 2}, 41000};
  const Endpoint server{Ipv4Address{198, 51, 100, 2}, 5000};
  CHECK(line_of(wire::build_udp(room, client, server, message)) ==
        "IP 192.0.2.2.41000 > 198.51.100.2.5000: Culvert, in clear: "
        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 0, seq 1, length 8");
  CHECK(line_of(wire::build_udp(room, client, server, bytes("05 00 00 00"))) ==
        "IP 192.0.2.2.41000 > 198.51.100.2.5000: Culvert, hello");
}

TEST_CASE("a wrong checksum is named with the value that would be right", "[inspect]") {
  auto wrong = ping;
  wrong[22] ^= 1;
  CHECK(line_of(wrong) ==
        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 0, seq 1, length 8 [bad icmp cksum 0xf6fe "
        "-> 0xf7fe!]");
}

TEST_CASE("a damaged packet says what is wrong with it", "[inspect]") {
  CHECK(line_of(Bytes{ping}.first(10)) == "IP  [IPv4 header (byte 0): 20 bytes needed, 10 found]");
  auto short_header = ping;
  short_header[0] = 0x44;
  CHECK(line_of(short_header) == "IP  [IPv4 IHL (byte 0): at least 20 expected, 16 found]");
}

TEST_CASE("a later fragment has no ports to show", "[inspect]") {
  const auto fragment =
      bytes("45 00 00 1c 00 01 00 b9 40 11 00 00 0a 00 00 01 0a 00 00 02 00 01 00 02 00 03 00 04");
  CHECK(line_of(fragment) == "IP 10.0.0.1 > 10.0.0.2: UDP, fragment at 1480, length 8");
}

TEST_CASE("verbosity adds the fields of the IP header on a line of its own", "[inspect]") {
  std::string out;
  inspect::append_line(out, Packet::walk(ping, LinkType::raw_ip), {.verbosity = 1});
  CHECK(out ==
        "IP (tos 0x0, ttl 64, id 1, offset 0, flags [none], proto ICMP (1), length 28)\n"
        "    10.0.0.1 > 10.0.0.2: ICMP echo request, id 0, seq 1, length 8");
}

TEST_CASE("every prefix of a good packet prints without touching what is not there", "[inspect]") {
  for (std::size_t length = 0; length <= syn.size(); ++length) {
    const std::vector<std::uint8_t> exact(syn.begin(),
                                          syn.begin() + static_cast<std::ptrdiff_t>(length));
    CAPTURE(length);
    CHECK_FALSE(line_of(exact).empty());
  }
}
