#include "tunnel/nat.hpp"

#include "support/catch.hpp"
#include "support/random_packet.hpp"
#include "wire/build.hpp"
#include "wire/edit.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace culvert::test;
using namespace std::chrono_literals;
using wire::PacketEditor;
using wire::Protocol;
using wire::TcpView;

namespace {

constexpr Instant start{};
const Ipv4Address alice{10, 0, 0, 1};
const Ipv4Address bob{10, 0, 0, 2};
const Ipv4Address outside{192, 0, 2, 200};
const Ipv4Address site{203, 0, 113, 80};
const Ipv4Address router{192, 0, 2, 1};

Nat new_nat(PortRange ports = {}) {
  return Nat{{.inside = *Prefix::parse("10.0.0.0/24"), .outside = outside, .ports = ports}};
}

Buffer to_buffer(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

Buffer udp(Ipv4Address from, std::uint16_t from_port, Ipv4Address to, std::uint16_t to_port) {
  Buffer room(200);
  return to_buffer(wire::build_udp(room, {from, from_port}, {to, to_port}, as_bytes("hello")));
}

Buffer tcp(Endpoint from, Endpoint to, unsigned flags) {
  Buffer segment(20);
  write(wire::TcpFields{.source_port = from.port, .destination_port = to.port, .flags = flags},
        MutableBytes{segment}.first<20>());
  const auto checksum = complement(
      reference_sum(with_pseudo_header(from.address, to.address, Protocol::tcp, segment)));
  store_be16(MutableBytes{segment}.subspan<16, 2>(), checksum);
  SeededRandom random{1};
  return ipv4_packet(random, *from.address.v4(), *to.address.v4(), Protocol::tcp, segment);
}

Buffer ping(Ipv4Address from, Ipv4Address to, std::uint16_t identifier) {
  Buffer room(200);
  return to_buffer(wire::build_echo_request(room, from, to, identifier, 1, as_bytes("abc")));
}

/// What a host sends back: ports and addresses swapped; a request becomes a reply.
Buffer answer_to(const Buffer& packet) {
  Buffer answer = packet;
  auto editor = PacketEditor::parse(answer);
  if (editor->protocol() == Protocol::icmp) {
    Buffer room(200);
    return to_buffer(*wire::build_echo_reply(room, packet));
  }
  const IpAddress source = editor->source();
  const std::uint16_t port = editor->source_port();
  editor->set_source(editor->destination());
  editor->set_source_port(editor->destination_port());
  editor->set_destination(source);
  editor->set_destination_port(port);
  return answer;
}

/// An ICMP error about `packet`, which quotes its header and as many bytes more.
Buffer error_about(const Buffer& packet, Ipv4Address from, std::size_t quoted = 8) {
  const std::size_t header = wire::Ipv4View::parse(packet)->header_length();
  const Bytes quote = Bytes{packet}.first(std::min(packet.size(), header + quoted));
  Buffer message(8);
  write(wire::IcmpFields{.type = wire::icmp::destination_unreachable,
                         .code = wire::icmp::code_port_unreachable},
        MutableBytes{message}.first<8>());
  append(message, quote);
  store_be16(MutableBytes{message}.subspan<2, 2>(), complement(reference_sum(message)));
  SeededRandom random{1};
  return ipv4_packet(random, from, wire::Ipv4View::parse(packet)->source(), Protocol::icmp,
                     message);
}

Endpoint source(Buffer packet) {
  const auto editor = PacketEditor::parse(packet);
  return {editor->source(), editor->has_ports() ? editor->source_port() : std::uint16_t{0}};
}
Endpoint destination(Buffer packet) {
  const auto editor = PacketEditor::parse(packet);
  return {editor->destination(),
          editor->has_ports() ? editor->destination_port() : std::uint16_t{0}};
}
/// Of the packet that an ICMP error quotes.
PacketEditor quoted(Buffer& error) {
  const std::size_t header = wire::Ipv4View::parse(error)->header_length();
  return *PacketEditor::parse_quoted(MutableBytes{error}.subspan(header + 8));
}

/// Takes `packet` out and brings its answer back.
Buffer round_trip(Nat& nat, Buffer packet, Instant now = start) {
  REQUIRE(nat.on_packet(now, packet));
  Buffer answer = answer_to(packet);
  REQUIRE(nat.on_packet(now, answer));
  return answer;
}

void refuses(Nat& nat, Buffer packet, NatDrop reason, Instant now = start) {
  const Buffer before = packet;
  const std::uint64_t count = nat.drops(reason);
  const auto answer = nat.on_packet(now, packet);
  REQUIRE_FALSE(answer);
  CHECK(answer.error() == reason);
  CHECK(nat.drops(reason) == count + 1);
  CHECK(packet == before);  // what is dropped is not touched
}

}  // namespace

TEST_CASE("a packet from inside leaves with the outside address, and its answer comes back",
          "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer packet = udp(alice, 40000, site, 80);
  const auto first = nat.on_packet(start, packet);
  REQUIRE(first);
  CHECK(first->is_new);
  CHECK(first->flow->first_peer == Endpoint{site, 80});
  CHECK(source(packet) == Endpoint{outside, 40000});
  CHECK(destination(packet) == Endpoint{site, 80});
  CHECK(checksums_hold(packet));

  Buffer answer = answer_to(packet);
  const auto back = nat.on_packet(start, answer);
  REQUIRE(back);
  CHECK_FALSE(back->is_new);
  CHECK(back->flow == first->flow);
  CHECK(source(answer) == Endpoint{site, 80});
  CHECK(destination(answer) == Endpoint{alice, 40000});
  CHECK(checksums_hold(answer));
}

TEST_CASE("two programs on one source port each get their own answer", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer of_alice = tcp({alice, 40000}, {site, 80}, TcpView::syn);
  Buffer of_bob = tcp({bob, 40000}, {site, 80}, TcpView::syn);
  REQUIRE(nat.on_packet(start, of_alice));
  REQUIRE(nat.on_packet(start, of_bob));
  CHECK(source(of_alice).port !=
        source(of_bob).port);  // else the site could not tell them apart, nor could we

  Buffer to_bob = answer_to(of_bob);
  Buffer to_alice = answer_to(of_alice);
  REQUIRE(nat.on_packet(start, to_bob));
  REQUIRE(nat.on_packet(start, to_alice));
  CHECK(destination(to_alice) == Endpoint{alice, 40000});
  CHECK(destination(to_bob) == Endpoint{bob, 40000});
}

TEST_CASE("one program keeps its outside port, whomever it speaks to", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer one = udp(alice, 40000, site, 80);
  Buffer other = udp(alice, 40000, router, 53);
  REQUIRE(nat.on_packet(start, one));
  const auto second = nat.on_packet(start, other);
  REQUIRE(second);
  CHECK_FALSE(second->is_new);
  CHECK(source(one) == source(other));
}

TEST_CASE("pings are told apart by their identifier", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer of_alice = ping(alice, site, 1234);
  Buffer of_bob = ping(bob, site, 1234);
  REQUIRE(nat.on_packet(start, of_alice));
  REQUIRE(nat.on_packet(start, of_bob));
  CHECK(source(of_alice).port == 1234);
  CHECK(source(of_bob).port != 1234);
  CHECK(checksums_hold(of_bob));

  Buffer to_bob = answer_to(of_bob);
  REQUIRE(nat.on_packet(start, to_bob));
  CHECK(destination(to_bob) == Endpoint{bob, 1234});
  CHECK(checksums_hold(to_bob));
}

TEST_CASE("what comes back is what was sent, for every protocol and every packet",
          "[tunnel][nat]") {
  const auto seed = GENERATE(range(1u, 300u));
  CAPTURE(seed);
  SeededRandom random{seed};
  Nat nat = new_nat();
  for (int i = 0; i < 5; ++i) {
    const Protocol protocols[] = {Protocol::tcp, Protocol::udp, Protocol::icmp};
    const Protocol protocol = protocols[random.below(3)];
    const Ipv4Address from{10, 0, 0, static_cast<std::uint8_t>(random.below(4))};
    Buffer segment = random_segment(random, protocol, from, site);
    if (protocol == Protocol::icmp) {
      segment[0] = wire::icmp::echo_request;
      segment[2] = segment[3] = 0;
      store_be16(MutableBytes{segment}.subspan<2, 2>(), complement(reference_sum(segment)));
    }
    const Buffer before = ipv4_packet(random, from, site, protocol, segment);
    Buffer packet = before;
    REQUIRE(nat.on_packet(start, packet));
    CHECK(source(packet).address == IpAddress{outside});
    CHECK(checksums_hold(packet));

    Buffer answer = answer_to(packet);
    REQUIRE(nat.on_packet(start, answer));
    CHECK(checksums_hold(answer));
    CHECK(answer.size() == before.size());
    CHECK(destination(answer) == source(before));
    CHECK(source(answer) == destination(before));
  }
}

TEST_CASE("nothing comes in that nobody inside has asked for", "[tunnel][nat]") {
  Nat nat = new_nat();
  refuses(nat, udp(site, 80, outside, 40000), NatDrop::nobody_asked);
  refuses(nat, tcp({site, 80}, {outside, 22}, TcpView::syn), NatDrop::nobody_asked);
  refuses(nat, ping(site, outside, 1), NatDrop::nobody_asked);
}

TEST_CASE("a ping from outside is nobody's answer, even if its identifier is in use",
          "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer packet = ping(alice, site, 7);
  REQUIRE(nat.on_packet(start, packet));
  refuses(nat, ping(site, outside, 7), NatDrop::nobody_asked);
}

TEST_CASE("packets that are not the NAT's business are dropped, untouched and counted",
          "[tunnel][nat]") {
  Nat nat = new_nat();
  refuses(nat, udp(site, 1, router, 2), NatDrop::not_ours);
  refuses(nat, udp(alice, 1, bob, 2), NatDrop::not_ours);
  refuses(nat, {}, NatDrop::not_ipv4);
  refuses(nat, Buffer(20, 0xff), NatDrop::not_ipv4);
  Buffer room(100);
  const Endpoint ipv6{*Ipv6Address::parse("fd00:10::1"), 1};
  refuses(nat, to_buffer(wire::build_udp(room, ipv6, ipv6, {})), NatDrop::not_ipv4);
  Buffer fragment = udp(alice, 1, site, 2);
  write(wire::Ipv4Fields{.total_length = static_cast<std::uint16_t>(fragment.size()),
                         .more_fragments = true,
                         .protocol = Protocol::udp,
                         .source = alice,
                         .destination = site},
        MutableBytes{fragment}.first<20>());
  refuses(nat, fragment, NatDrop::fragment);
  SeededRandom random{1};
  refuses(nat, ipv4_packet(random, alice, site, Protocol{47}, Buffer(8)), NatDrop::no_ports);
}

TEST_CASE("when all ports are taken the next program is refused, until a flow has expired",
          "[tunnel][nat]") {
  Nat nat = new_nat({.first = 61001, .last = 61001});
  Buffer packet = udp(alice, 40000, site, 80);
  REQUIRE(nat.on_packet(start, packet));
  CHECK(source(packet) == Endpoint{outside, 61001});
  refuses(nat, udp(bob, 40000, site, 80), NatDrop::ports_exhausted);
  refuses(nat, udp(bob, 40000, site, 80), NatDrop::ports_exhausted, start + 5min - 1ns);
  Buffer later = udp(bob, 40000, site, 80);
  CHECK(nat.on_packet(start + 5min, later));
}

TEST_CASE("a silent UDP flow lives 5 minutes, a ping 60 seconds", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer datagram = udp(alice, 40000, site, 80);
  Buffer echo = ping(alice, site, 7);
  REQUIRE(nat.on_packet(start, datagram));
  REQUIRE(nat.on_packet(start, echo));
  refuses(nat, answer_to(datagram), NatDrop::nobody_asked, start + 5min);
  refuses(nat, answer_to(echo), NatDrop::nobody_asked, start + 60s);
  Buffer in_time = answer_to(datagram);
  CHECK(nat.on_packet(start + 5min - 1ns, in_time));
}

TEST_CASE("every packet, out or in, starts a flow's time anew", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer packet = udp(alice, 40000, site, 80);
  REQUIRE(nat.on_packet(start, packet));
  const Buffer answer = answer_to(packet);
  for (int minute = 4; minute <= 20; minute += 4) {
    Buffer copy = answer;
    CHECK(nat.on_packet(start + std::chrono::minutes{minute}, copy));
  }
}

TEST_CASE(
    "an established TCP connection may be silent for 2 hours, one that opens or closes for 4 "
    "minutes",
    "[tunnel][nat]") {
  const Endpoint from{alice, 40000};
  const Endpoint to{site, 80};
  const auto out = [&](Nat& nat, unsigned flags, Instant now = start) {
    Buffer packet = tcp(from, to, flags);
    REQUIRE(nat.on_packet(now, packet));
  };
  const auto in = [&](Nat& nat, unsigned flags, Instant now = start) {
    Buffer packet = tcp(to, {outside, 40000}, flags);
    REQUIRE(nat.on_packet(now, packet));
  };
  const auto lives_for = [&](const Nat& nat) -> Duration {
    for (const Duration silence : {Duration{4min}, Duration{124min}}) {
      Nat one = nat;  // copies, because asking keeps a flow alive
      Nat other = nat;
      Buffer just_before = tcp(to, {outside, 40000}, TcpView::ack);
      Buffer just_then = just_before;
      const bool alive = one.on_packet(start + silence - 1ns, just_before).has_value();
      if (alive && !other.on_packet(start + silence, just_then)) return silence;
    }
    return {};
  };

  Nat nat = new_nat();
  out(nat, TcpView::syn);
  CHECK(lives_for(nat) == 4min);
  in(nat, TcpView::syn | TcpView::ack);
  out(nat, TcpView::ack);
  CHECK(lives_for(nat) == 124min);
  out(nat, TcpView::fin | TcpView::ack);
  CHECK(lives_for(nat) == 124min);  // half closed: a download may go on for long
  in(nat, TcpView::fin | TcpView::ack);
  out(nat, TcpView::ack);
  CHECK(lives_for(nat) == 4min);

  out(nat, TcpView::syn);  // the same port, opened again
  in(nat, TcpView::syn | TcpView::ack);
  CHECK(lives_for(nat) == 124min);
  in(nat, TcpView::rst);
  CHECK(lives_for(nat) == 4min);
}

TEST_CASE("an ICMP error from outside reaches the program whose packet it quotes",
          "[tunnel][nat]") {
  const auto quoted_bytes = GENERATE(8u, 200u);
  CAPTURE(quoted_bytes);
  Nat nat = new_nat();
  Buffer of_alice = udp(alice, 40000, site, 9);
  Buffer of_bob = udp(bob, 40000, site, 9);
  const Buffer sent = of_bob;
  REQUIRE(nat.on_packet(start, of_alice));
  REQUIRE(nat.on_packet(start, of_bob));

  Buffer error = error_about(of_bob, router, quoted_bytes);
  REQUIRE(checksums_hold(error));
  REQUIRE(nat.on_packet(start, error));
  CHECK(checksums_hold(error));
  CHECK(source(error).address == IpAddress{router});
  CHECK(destination(error).address == IpAddress{bob});
  // The quote is the packet as bob sent it, checksums and all.
  const std::size_t quote_at = wire::Ipv4View::parse(error)->header_length() + 8;
  CHECK(Buffer(error.begin() + static_cast<std::ptrdiff_t>(quote_at), error.end()) ==
        to_buffer(Bytes{sent}.first(error.size() - quote_at)));
}

TEST_CASE("an ICMP error about a ping or a TCP segment is translated too", "[tunnel][nat]") {
  Nat nat = new_nat();
  for (const Buffer& sent : {ping(bob, site, 7), tcp({bob, 40000}, {site, 80}, TcpView::syn)}) {
    Buffer packet = sent;
    REQUIRE(nat.on_packet(start, packet));
    Buffer error = error_about(packet, router);
    REQUIRE(nat.on_packet(start, error));
    CHECK(checksums_hold(error));
    CHECK(destination(error).address == IpAddress{bob});
    CHECK(quoted(error).source() == IpAddress{bob});
    CHECK(quoted(error).source_port() == source(sent).port);
  }
}

TEST_CASE(
    "an ICMP error from inside leaves with the outside address, and quotes what the site knows",
    "[tunnel][nat]") {
  Nat nat = new_nat({.first = 61001, .last = 61099});
  const Buffer delivered = round_trip(nat, udp(alice, 40000, site, 53));
  Buffer error = error_about(delivered, alice);  // alice's program is gone: port unreachable
  REQUIRE(nat.on_packet(start, error));
  CHECK(checksums_hold(error));
  CHECK(source(error).address == IpAddress{outside});
  CHECK(destination(error).address == IpAddress{site});
  CHECK(quoted(error).destination() == IpAddress{outside});
  CHECK(quoted(error).destination_port() == 61001);
}

TEST_CASE("an ICMP error about a packet that was never sent is dropped, untouched",
          "[tunnel][nat]") {
  Nat nat = new_nat();
  refuses(nat, error_about(udp(outside, 40000, site, 80), router), NatDrop::nobody_asked);
  refuses(nat, error_about(udp(alice, 40000, site, 80), alice), NatDrop::not_ours);
  refuses(nat, error_about(udp(site, 80, alice, 40000), alice), NatDrop::nobody_asked);
  Buffer packet = udp(alice, 40000, site, 80);
  REQUIRE(nat.on_packet(start, packet));
  refuses(nat, error_about(packet, router, 2), NatDrop::nobody_asked);  // too short to name a port
}

TEST_CASE("an ICMP error neither keeps a flow alive nor ends it", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer packet = udp(alice, 40000, site, 80);
  REQUIRE(nat.on_packet(start, packet));
  Buffer error = error_about(packet, router);
  REQUIRE(nat.on_packet(start + 4min, error));
  Buffer answer = answer_to(packet);
  CHECK(nat.on_packet(start + 5min - 1ns, answer));  // not ended, and from here on alive again

  Nat other = new_nat();
  packet = udp(alice, 40000, site, 80);
  REQUIRE(other.on_packet(start, packet));
  error = error_about(packet, router);
  REQUIRE(other.on_packet(start + 4min, error));
  refuses(other, answer_to(packet), NatDrop::nobody_asked, start + 5min);
}

TEST_CASE("one inside reaches another by its outside address, and sees the answer come from there",
          "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer of_bob = udp(bob, 5000, site, 80);
  REQUIRE(nat.on_packet(start, of_bob));  // now bob is known outside as port 5000

  Buffer to_bob = udp(alice, 40000, outside, 5000);
  REQUIRE(nat.on_packet(start, to_bob));
  CHECK(source(to_bob) == Endpoint{outside, 40000});
  CHECK(destination(to_bob) == Endpoint{bob, 5000});
  CHECK(checksums_hold(to_bob));

  Buffer answer = answer_to(to_bob);
  REQUIRE(nat.on_packet(start, answer));
  CHECK(source(answer) == Endpoint{outside, 5000});
  CHECK(destination(answer) == Endpoint{alice, 40000});
}

TEST_CASE("a packet that was damaged on its way stays visibly damaged", "[tunnel][nat]") {
  Nat nat = new_nat();
  Buffer packet = udp(alice, 40000, site, 80);
  packet.back() ^= 1;
  REQUIRE(nat.on_packet(start, packet));
  CHECK_FALSE(checksums_hold(packet));
}

TEST_CASE("the same packets give the same ports in every run", "[tunnel][nat]") {
  const auto ports = [] {
    Nat nat = new_nat({.first = 2000, .last = 2100});
    SeededRandom random{5};
    std::vector<std::uint16_t> out;
    for (int i = 0; i < 100; ++i) {
      const Ipv4Address from{10, 0, 0, static_cast<std::uint8_t>(random.below(9))};
      Buffer packet = udp(from, random.number<std::uint16_t>(), site, 80);
      if (nat.on_packet(start, packet)) out.push_back(source(packet).port);
    }
    return out;
  };
  CHECK(ports() == ports());
}

TEST_CASE("a flow counts its bytes in both directions", "[tunnel][nat]") {
  Nat nat = new_nat();
  const Buffer packet = udp(alice, 40000, site, 80);
  round_trip(nat, packet);
  REQUIRE(nat.flows().size() == 1);
  CHECK(nat.flows()[0].bytes_out == packet.size());
  CHECK(nat.flows()[0].bytes_in == packet.size());
}

TEST_CASE("every reason to drop has a sentence of its own", "[tunnel][nat]") {
  std::vector<std::string_view> sentences;
  for (const NatDrop drop : all_nat_drops) {
    CHECK(to_words(drop).size() > 10);
    for (const auto other : sentences) CHECK(other != to_words(drop));
    sentences.push_back(to_words(drop));
  }
}
