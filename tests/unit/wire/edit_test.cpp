#include "wire/edit.hpp"

#include "support/parser.hpp"
#include "support/random_packet.hpp"
#include "wire/build.hpp"
#include "wire/verify.hpp"

using namespace culvert;
using namespace culvert::wire;
using namespace culvert::test;

namespace {

IpAddress ip(const char* text) { return IpAddress::parse(text).value(); }

const Endpoint alice{ip("10.0.0.2"), 40000};
const Endpoint site{ip("203.0.113.80"), 80};

Buffer udp_packet(const Endpoint& from, const Endpoint& to) {
  Buffer room(100);
  return to_vector(build_udp(room, from, to, bytes("01 02 03")));
}

}  // namespace

TEST_CASE("an editor reads addresses, ports, protocol and hops", "[wire][edit]") {
  auto packet = udp_packet(alice, site);
  const auto editor = PacketEditor::parse(packet);
  REQUIRE(editor);
  CHECK(editor->source() == alice.address);
  CHECK(editor->destination() == site.address);
  CHECK(editor->protocol() == Protocol::udp);
  REQUIRE(editor->has_ports());
  CHECK(editor->source_port() == 40000);
  CHECK(editor->destination_port() == 80);
  CHECK(editor->hops_left() == 64);
}

TEST_CASE("an ICMP echo's identifier stands for both of its ports", "[wire][edit]") {
  for (const char* host : {"10.0.0.2", "2001:db8::2"}) {
    CAPTURE(host);
    Buffer room(100);
    const MutableBytes ping = build_echo_request(room, ip(host), ip(host), 0x1234, 1, bytes("61"));
    auto editor = PacketEditor::parse(ping);
    REQUIRE(editor);
    REQUIRE(editor->has_ports());
    CHECK(editor->source_port() == 0x1234);
    CHECK(editor->destination_port() == 0x1234);
    editor->set_source_port(0x4321);
    CHECK(editor->destination_port() == 0x4321);
    CHECK(checksums_hold(ping));
  }
}

TEST_CASE("after any edit every checksum is what computing it anew would give", "[wire][edit]") {
  const auto seed = GENERATE(range(1u, 300u));
  CAPTURE(seed);
  SeededRandom random{seed};
  Buffer packet = random_packet(random);
  REQUIRE(checksums_hold(packet));
  const Buffer before = packet;
  auto editor = PacketEditor::parse(packet);
  REQUIRE(editor);
  REQUIRE(editor->has_ports());

  const auto address = [&] {
    return editor->source().is_v4() ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()};
  };
  for (int edit = 0; edit < 30; ++edit) {
    const std::uint32_t kind = random.below(5);
    CAPTURE(edit, kind);
    if (kind == 0) editor->set_source(address());
    if (kind == 1) editor->set_destination(address());
    if (kind == 2) editor->set_source_port(random.number<std::uint16_t>());
    if (kind == 3) editor->set_destination_port(random.number<std::uint16_t>());
    if (kind == 4) editor->set_hops_left(random.number<std::uint8_t>());
    REQUIRE(checksums_hold(packet));
    REQUIRE(packet.size() == before.size());
  }
}

TEST_CASE("an edit is undone by the edit back, byte by byte", "[wire][edit]") {
  const auto seed = GENERATE(range(1u, 100u));
  CAPTURE(seed);
  SeededRandom random{seed};
  Buffer packet = random_packet(random);
  const Buffer before = packet;
  auto editor = PacketEditor::parse(packet);
  const IpAddress source = editor->source();
  const std::uint16_t port = editor->source_port();
  const std::uint8_t hops = editor->hops_left();

  editor->set_source(source.is_v4() ? IpAddress{random.ipv4()} : IpAddress{random.ipv6()});
  editor->set_source_port(random.number<std::uint16_t>());
  editor->set_hops_left(random.number<std::uint8_t>());
  editor->set_hops_left(hops);
  editor->set_source_port(port);
  editor->set_source(source);
  CHECK(packet == before);
}

TEST_CASE("a UDP checksum of 0 means none, and stays 0", "[wire][edit]") {
  auto packet = udp_packet(alice, site);
  packet[26] = packet[27] = 0;
  auto editor = PacketEditor::parse(packet);
  editor->set_source(ip("192.0.2.2"));
  editor->set_source_port(61001);
  CHECK(load_be16(Bytes{packet}.subspan<26, 2>()) == 0);
}

TEST_CASE("a UDP checksum that an edit makes 0 goes out as 0xffff", "[wire][edit]") {
  auto packet = udp_packet(alice, site);
  auto editor = PacketEditor::parse(packet);
  // The port that makes all words sum up to 0xffff: what the checksum says is missing, added to the port.
  const std::uint16_t checksum = load_be16(Bytes{packet}.subspan<26, 2>());
  editor->set_source_port(add_ones_complement(alice.port, checksum));
  CHECK(load_be16(Bytes{packet}.subspan<26, 2>()) == 0xffff);
  CHECK(checksums_hold(packet));
}

TEST_CASE("a packet that was damaged before stays visibly damaged", "[wire][edit]") {
  auto packet = udp_packet(alice, site);
  packet.back() ^= 0x01;
  auto editor = PacketEditor::parse(packet);
  editor->set_source(ip("192.0.2.2"));
  CHECK_FALSE(checksums_hold(packet));
}

TEST_CASE("a quoted packet of 8 transport bytes is edited as far as it goes", "[wire][edit]") {
  for (const Protocol protocol : {Protocol::tcp, Protocol::udp}) {
    CAPTURE(static_cast<int>(protocol));
    SeededRandom random{7};
    const auto whole = ipv4_packet(random, *alice.address.v4(), *site.address.v4(), protocol,
                                   random_segment(random, protocol, alice.address, site.address));
    const std::size_t header = Ipv4View::parse(whole)->header_length();
    auto quote = to_vector(Bytes{whole}.first(header + 8));

    CHECK_FALSE(PacketEditor::parse(quote));  // it is not whole
    auto editor = PacketEditor::parse_quoted(quote);
    REQUIRE(editor);
    REQUIRE(editor->has_ports());
    editor->set_source(ip("192.0.2.2"));
    editor->set_source_port(61001);

    auto edited = whole;
    auto editor_of_whole = PacketEditor::parse(edited);
    editor_of_whole->set_source(ip("192.0.2.2"));
    editor_of_whole->set_source_port(61001);
    CHECK(quote == to_vector(Bytes{edited}.first(header + 8)));
  }
}

TEST_CASE("a quoted packet needs its IP header, and nothing more", "[wire][edit]") {
  const auto whole = udp_packet(alice, site);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    auto quote = to_vector(Bytes{whole}.first(length));
    auto editor = PacketEditor::parse_quoted(quote);
    REQUIRE(editor.has_value() == (length >= 20));
    if (!editor) continue;
    CHECK(editor->has_ports() == (length >= 24));
    editor->set_destination(ip("10.0.0.9"));
    CHECK(reference_sum(Bytes{quote}.first(20)) == 0xffff);
  }
  auto other = bytes("50 00 00 00");
  CHECK(PacketEditor::parse_quoted(other).error().fault == Fault::bad_version);
}

TEST_CASE("a quote's edits stay inside the packet that it quotes", "[wire][edit]") {
  auto quote = udp_packet(alice, site);
  store_be16(MutableBytes{quote}.subspan<2, 2>(),
             22);  // the original ended before its ports; the rest is padding
  const auto editor = PacketEditor::parse_quoted(quote);
  REQUIRE(editor);
  CHECK_FALSE(editor->has_ports());
}

TEST_CASE("a later fragment has no ports, but its addresses can be edited", "[wire][edit]") {
  auto packet = udp_packet(alice, site);
  const auto before = packet;
  write(Ipv4Fields{.total_length = 31,
                   .fragment_offset = 8,
                   .protocol = Protocol::udp,
                   .source = *alice.address.v4(),
                   .destination = *site.address.v4()},
        MutableBytes{packet}.first<20>());
  auto editor = PacketEditor::parse(packet);
  REQUIRE(editor);
  CHECK_FALSE(editor->has_ports());
  CHECK(editor->protocol() == Protocol::udp);
  editor->set_source(ip("192.0.2.2"));
  CHECK(reference_sum(Bytes{packet}.first(20)) == 0xffff);
  CHECK(to_vector(Bytes{packet}.subspan(20)) == to_vector(Bytes{before}.subspan(20)));
}

TEST_CASE("an outer address does not enter the checksum of a packet inside", "[wire][edit]") {
  const auto inner = udp_packet(alice, site);
  Buffer packet(20);
  write(Ipv4Fields{.total_length = static_cast<std::uint16_t>(20 + inner.size()),
                   .protocol = Protocol::ipv4},
        MutableBytes{packet}.first<20>());
  append(packet, inner);
  auto editor = PacketEditor::parse(packet);
  REQUIRE(editor);
  CHECK_FALSE(editor->has_ports());
  CHECK(editor->protocol() == Protocol::ipv4);
  editor->set_source(ip("192.0.2.2"));
  CHECK(to_vector(Bytes{packet}.subspan(20)) == inner);
}

TEST_CASE("the next stop of a routed packet is not in its checksum, the last one is",
          "[wire][edit]") {
  // IPv6 from 2001:db8::2 to 2001:db8::a; routing header type 2 to 2001:db8::b; UDP, 2 bytes.
  Buffer packet = bytes(
      "60 00 00 00 00 22 2b 40 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02"
      "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 0a"
      "11 02 02 01 00 00 00 00 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 0b"
      "9c 40 00 35 00 0a 00 00 61 62");
  const std::size_t transport = 40 + 24;
  const auto status = [&] {
    return verify_checksum(Packet::walk(packet, LinkType::raw_ip), 2).status;
  };
  const Buffer covered = with_pseudo_header(ip("2001:db8::2"), ip("2001:db8::b"), Protocol::udp,
                                            Bytes{packet}.subspan(transport));
  store_be16(MutableBytes{packet}.subspan(transport + 6).first<2>(),
             complement(reference_sum(covered)));
  REQUIRE(status() == ChecksumStatus::good);

  auto editor = PacketEditor::parse(packet);
  REQUIRE(editor);
  editor->set_destination(ip("2001:db8::c"));
  CHECK(status() == ChecksumStatus::good);
  editor->set_source(ip("2001:db8::3"));
  CHECK(status() == ChecksumStatus::good);

  packet[40 + 3] = 0;  // no segments left: it arrived, and its destination is the final one
  copy_bytes(ip("2001:db8::b").bytes(), MutableBytes{packet}.subspan(24, 16));
  REQUIRE(status() == ChecksumStatus::good);
  PacketEditor::parse(packet)->set_destination(ip("2001:db8::c"));
  CHECK(status() == ChecksumStatus::good);
}

TEST_CASE("an ICMP message that is no echo has no ports", "[wire][edit]") {
  Buffer room(600);
  const auto error = build_too_big(room, ip("192.0.2.1"), udp_packet(alice, site), 1400);
  REQUIRE(error);
  const auto editor = PacketEditor::parse(*error);
  REQUIRE(editor);
  CHECK_FALSE(editor->has_ports());
  CHECK(editor->protocol() == Protocol::icmp);
}
