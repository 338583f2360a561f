#include "tunnel/tunnel.hpp"

#include <deque>

#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/count_allocations.hpp"
#include "support/seeded_random.hpp"
#include "support/tunnel_probe.hpp"
#include "wire/build.hpp"
#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

using Vector = std::vector<std::uint8_t>;
using Datagrams = std::vector<OutboundDatagram>;

class FixedClock final : public WallClock {
 public:
  WallTime now() override { return time += 1s; }
  WallTime time{std::chrono::hours{24 * 365 * 56}};
};

const Endpoint anna_outside{Ipv4Address{192, 0, 2, 2}, 40000};
const Endpoint bert_outside{Ipv4Address{198, 51, 100, 2}, 51820};
const Endpoint mallory{Ipv4Address{203, 0, 113, 66}, 5000};

/// An inner UDP packet of `size` bytes, with room around it.
PacketBuffer inner_packet(std::string_view from, std::string_view to, std::size_t size = 100,
                          unsigned ecn = 0) {
  const IpAddress source = IpAddress::parse(from).value();
  const IpAddress destination = IpAddress::parse(to).value();
  PacketBuffer buffer;
  buffer.set_size(size);
  const std::size_t headers = source.is_v4() ? 28 : 48;
  wire::build_udp(buffer.bytes(), {source, 1000}, {destination, 2000}, Vector(size - headers, 7));
  if (ecn == 0) return buffer;
  if (source.is_v4()) {
    wire::write({.ecn = ecn,
                 .total_length = static_cast<std::uint16_t>(size),
                 .source = source.as_v4(),
                 .destination = destination.as_v4()},
                buffer.bytes().first<20>());
  } else {
    buffer.bytes()[1] = static_cast<std::uint8_t>(ecn << 4);
  }
  return buffer;
}

Vector copy_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

PacketBuffer buffer_of(Bytes bytes) {
  PacketBuffer buffer;
  buffer.set_size(bytes.size());
  copy_bytes(bytes, buffer.bytes());
  return buffer;
}

/// Anna calls, bert answers. Inside they are 10.0.0.1 and 10.0.0.2, fd00::1 and fd00::2.
struct Two {
  Two() {
    anna.set_private_key(anna_key);
    bert.set_private_key(bert_key);
    anna.set_peer(
        {.key = bert_key.public_key(),
         .endpoint = bert_outside,
         .allowed_ips = {Prefix::parse("10.0.0.2").value(), Prefix::parse("fd00::2").value()}});
    bert.set_peer(
        {.key = anna_key.public_key(),
         .allowed_ips = {Prefix::parse("10.0.0.1").value(), Prefix::parse("fd00::1").value()}});
  }

  /// Hands everything that is in `out` to `to`, in whose outbox the answers are then.
  Outbox deliver(Outbox out, Tunnel& to, const Endpoint& from, std::uint8_t traffic_class = 0) {
    Outbox answers;
    for (const OutboundDatagram& datagram : out.datagrams) {
      Arrival arrival{from};
      arrival.traffic_class = traffic_class;
      inbound.push_back(buffer_of(datagram.bytes));
      to.on_datagram(now, arrival, inbound.back(), answers);
    }
    return answers;
  }

  /// The whole handshake; anna's first packet reaches bert.
  void meet() {
    auto packet = inner_packet("10.0.0.1", "10.0.0.2");
    Outbox out;
    anna.on_tun_packet(now, packet, out);
    Outbox response = deliver(std::move(out), bert, anna_outside);
    Outbox data = deliver(std::move(response), anna, bert_outside);
    Outbox end = deliver(std::move(data), bert, anna_outside);
    REQUIRE(end.packets.size() == 1);
  }

  /// A sealed packet from anna.
  Vector sealed(PacketBuffer packet) {
    Outbox out;
    anna.on_tun_packet(now, packet, out);
    REQUIRE(out.datagrams.size() == 1);
    return copy_of(out.datagrams.front().bytes);
  }
  Vector sealed() { return sealed(inner_packet("10.0.0.1", "10.0.0.2")); }

  /// What becomes of a datagram at bert.
  Outbox arrive(Bytes datagram, const Arrival& arrival = anna_outside) {
    Outbox out;
    inbound.push_back(buffer_of(datagram));
    bert.on_datagram(now, arrival, inbound.back(), out);
    return out;
  }

  /// The initiation that anna would send now.
  Vector initiation() {
    Outbox out;
    auto packet = inner_packet("10.0.0.1", "10.0.0.2");
    anna.on_tun_packet(now, packet, out);
    REQUIRE(out.datagrams.size() == 1);
    REQUIRE(out.datagrams.front().bytes.size() == 148);
    return copy_of(out.datagrams.front().bytes);
  }

  std::uint64_t dropped(DropReason reason) const { return bert.drops()[reason]; }

  Instant now{1h};
  test::SeededRandom random{1};
  FixedClock clock;
  crypto::PrivateKey anna_key = crypto::PrivateKey::generate(random);
  crypto::PrivateKey bert_key = crypto::PrivateKey::generate(random);
  Tunnel anna{random, clock};
  Tunnel bert{random, clock};
  std::deque<PacketBuffer> inbound;
};

}  // namespace

TEST_CASE("a packet for a peer without a session waits for the handshake, then arrives unchanged",
          "[tunnel]") {
  const auto v6 = GENERATE(false, true);
  Two two;
  auto packet =
      v6 ? inner_packet("fd00::1", "fd00::2", 333) : inner_packet("10.0.0.1", "10.0.0.2", 333);
  const Vector content = copy_of(packet.bytes());
  Outbox out;
  two.anna.on_tun_packet(two.now, packet, out);
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams.front().to == bert_outside);
  CHECK(out.datagrams.front().bytes.size() == 148);

  Outbox response = two.deliver(std::move(out), two.bert, anna_outside);
  REQUIRE(response.datagrams.size() == 1);
  CHECK(response.datagrams.front().to == anna_outside);
  CHECK(response.datagrams.front().bytes.size() == 92);

  Outbox data = two.deliver(std::move(response), two.anna, bert_outside);
  REQUIRE(data.datagrams.size() == 1);
  CHECK(data.datagrams.front().bytes.size() == 32 + 336);  // padded to a multiple of 16

  const Outbox end = two.deliver(std::move(data), two.bert, anna_outside);
  REQUIRE(end.packets.size() == 1);
  CHECK(copy_of(end.packets.front()) == content);
}

TEST_CASE("a session's packet is sealed where it lies, and nothing is allocated", "[tunnel]") {
  Two two;
  two.meet();
  auto packet = inner_packet("10.0.0.1", "10.0.0.2", 1400);
  const std::uint8_t* place = packet.bytes().data();
  Outbox out;
  out.datagrams.reserve(1);
  Outbox in;
  in.packets.reserve(1);
  auto other = inner_packet("10.0.0.1", "10.0.0.2", 1400);
  const auto work = [&] {
    two.anna.on_tun_packet(two.now, packet, out);
    copy_bytes(out.datagrams.front().bytes, other.writable());
    other.set_size(out.datagrams.front().bytes.size());
    two.bert.on_datagram(two.now, anna_outside, other, in);
  };
  CHECK(test::count_allocations(work) == 0);
  CHECK(out.datagrams.front().bytes.data() == place - 16);
  REQUIRE(in.packets.size() == 1);
  CHECK(in.packets.front().size() == 1400);
}

TEST_CASE("padding makes lengths multiples of 16, but no packet larger than the MTU", "[tunnel]") {
  Two two;
  two.meet();
  two.anna.set_mtu(1420);
  for (const auto& [size, sealed] : {std::pair<std::size_t, std::size_t>{28, 32},
                                     {32, 32},
                                     {33, 48},
                                     {1408, 1408},
                                     {1409, 1420},
                                     {1420, 1420},
                                     {1500, 1500}}) {
    CAPTURE(size);
    CHECK(two.sealed(inner_packet("10.0.0.1", "10.0.0.2", size)).size() == sealed + 32);
  }
}

TEST_CASE("a stranger who does not know our public key is never answered", "[tunnel]") {
  Two two;
  Vector initiation = two.initiation();
  initiation[116] ^= 1;  // mac1
  CHECK(two.arrive(initiation, mallory).datagrams.empty());
  CHECK(two.dropped(DropReason::bad_mac1) == 1);

  test::SeededRandom random{2};
  for (const std::size_t size : {0u, 1u, 31u, 32u, 64u, 92u, 148u, 1500u}) {
    for (int type = 0; type < 6; ++type) {
      Vector datagram = random.bytes(size);
      if (size >= 4)
        store_le32(MutableBytes{datagram}.first<4>(), static_cast<std::uint32_t>(type));
      const Outbox out = two.arrive(datagram, mallory);
      CHECK(out.datagrams.empty());
      CHECK(out.packets.empty());
    }
  }
}

TEST_CASE("a genuine stranger is not answered either", "[tunnel]") {
  Two two;
  const Vector initiation = two.initiation();
  two.bert.remove_peer(two.anna_key.public_key());
  CHECK(two.arrive(initiation).datagrams.empty());
  CHECK(two.dropped(DropReason::unknown_peer) == 1);
}

TEST_CASE("an initiation counts once", "[tunnel]") {
  Two two;
  const Vector initiation = two.initiation();
  CHECK(two.arrive(initiation).datagrams.size() == 1);
  CHECK(two.arrive(initiation).datagrams.empty());
  CHECK(two.dropped(DropReason::hasty_initiation) == 1);
  two.now += 1s;
  CHECK(two.arrive(initiation, mallory).datagrams.empty());
  CHECK(two.dropped(DropReason::old_initiation) == 1);
}

TEST_CASE("a response to nothing, or to an older question, is dropped", "[tunnel]") {
  Two two;
  const Outbox first = two.arrive(two.initiation());
  const Vector response = copy_of(first.datagrams.front().bytes);
  two.now += 6s;
  two.initiation();  // anna asks again: the first question is closed
  Outbox out;
  auto buffer = buffer_of(response);
  two.anna.on_datagram(two.now, bert_outside, buffer, out);
  CHECK(out.datagrams.empty());
  CHECK(two.anna.drops()[DropReason::unexpected_response] == 1);
}

TEST_CASE("a damaged response changes nothing: the good one behind it is taken", "[tunnel]") {
  Two two;
  Outbox response = two.arrive(two.initiation());
  Vector good = copy_of(response.datagrams.front().bytes);
  for (std::size_t at : {12u, 44u}) {  // ephemeral, nothing
    Vector bad = good;
    bad[at] ^= 1;
    // A damaged message also has a wrong mac1; who knows anna's public key can make a right one.
    noise::CookieKeeper{two.anna_key.public_key()}.add_macs(two.now, bad);
    Outbox out;
    auto buffer = buffer_of(bad);
    two.anna.on_datagram(two.now, bert_outside, buffer, out);
    CHECK(out.datagrams.empty());
  }
  CHECK(two.anna.drops()[DropReason::bad_handshake] == 2);
  CHECK(two.deliver(std::move(response), two.anna, bert_outside).datagrams.size() == 1);
}

TEST_CASE("a different preshared key is a handshake that does not open", "[tunnel]") {
  Two two;
  two.bert.set_preshared_key(two.anna_key.public_key(), crypto::PresharedKey::generate(two.random));
  Outbox response = two.arrive(two.initiation());
  CHECK(two.deliver(std::move(response), two.anna, bert_outside).datagrams.empty());
  CHECK(two.anna.drops()[DropReason::bad_handshake] == 1);
}

TEST_CASE("the same preshared key on both sides opens", "[tunnel]") {
  Two two;
  const auto key = crypto::PresharedKey::generate(two.random);
  two.anna.set_preshared_key(two.bert_key.public_key(), key);
  two.bert.set_preshared_key(two.anna_key.public_key(), key);
  two.meet();
}

TEST_CASE("a data message that is replayed, damaged or of no session is dropped", "[tunnel]") {
  Two two;
  two.meet();
  const Vector good = two.sealed();
  CHECK(two.arrive(good).packets.size() == 1);
  CHECK(two.arrive(good).packets.empty());
  CHECK(two.dropped(DropReason::replayed) == 1);

  const Vector next = two.sealed();
  for (const auto& [at, reason] : {std::pair{4u, DropReason::unknown_session},
                                   {8u, DropReason::bad_tag},
                                   {16u, DropReason::bad_tag},
                                   {100u, DropReason::bad_tag}}) {
    CAPTURE(at);
    const auto before = two.dropped(reason);
    Vector bad = next;
    bad[at] ^= 1;
    CHECK(two.arrive(bad).packets.empty());
    CHECK(two.dropped(reason) == before + 1);
  }
  CHECK(two.arrive(next).packets.size() == 1);
}

TEST_CASE("a peer may not speak in the name of others", "[tunnel]") {
  Two two;
  two.meet();
  for (const auto* source : {"10.0.0.3", "10.0.0.2"}) {
    CAPTURE(source);
    CHECK(two.arrive(two.sealed(inner_packet(source, "10.0.0.2"))).packets.empty());
  }
  CHECK(two.arrive(two.sealed(inner_packet("fd00::3", "fd00::2"))).packets.empty());
  CHECK(two.dropped(DropReason::wrong_source) == 3);
  CHECK(two.bert.peers().front().drops[DropReason::wrong_source] == 3);
}

TEST_CASE("an inner packet that claims to be longer than it is is dropped", "[tunnel]") {
  Two two;
  two.meet();
  auto packet = inner_packet("10.0.0.1", "10.0.0.2", 64);
  store_be16(packet.bytes().subspan<2, 2>(), 65);
  CHECK(two.arrive(two.sealed(std::move(packet))).packets.empty());
  CHECK(two.dropped(DropReason::bad_length) == 1);
}

TEST_CASE("what is not IP, or belongs to nobody, does not leave", "[tunnel]") {
  Two two;
  Outbox out;
  auto junk = buffer_of(test::bytes("00 01 02"));
  two.anna.on_tun_packet(two.now, junk, out);
  auto lost = inner_packet("10.0.0.1", "10.0.0.9");
  two.anna.on_tun_packet(two.now, lost, out);
  auto early = inner_packet("10.0.0.2", "10.0.0.1");
  two.bert.on_tun_packet(two.now, early, out);
  CHECK(out.datagrams.empty());
  CHECK(two.anna.drops()[DropReason::not_ip] == 1);
  CHECK(two.anna.drops()[DropReason::no_route] == 1);
  CHECK(two.bert.drops()[DropReason::no_endpoint] == 1);
}

TEST_CASE("without a private key nothing is sent and nothing is understood", "[tunnel]") {
  Two two;
  const Vector initiation = two.initiation();
  two.bert.set_private_key(std::nullopt);
  two.anna.set_private_key(std::nullopt);
  Outbox out;
  auto packet = inner_packet("10.0.0.1", "10.0.0.2");
  two.anna.on_tun_packet(two.now, packet, out);
  CHECK(out.datagrams.empty());
  CHECK(two.arrive(initiation).datagrams.empty());
  CHECK(two.dropped(DropReason::no_private_key) == 1);
}

TEST_CASE("while a handshake runs 128 packets wait; the oldest go", "[tunnel]") {
  Two two;
  Outbox question;
  for (std::size_t i = 0; i < 130; ++i) {
    auto packet = inner_packet("10.0.0.1", "10.0.0.2", 100 + i);
    two.anna.on_tun_packet(two.now, packet, question);
  }
  CHECK(question.datagrams.size() == 1);
  CHECK(two.anna.drops()[DropReason::too_many_waiting] == 2);
  Outbox response = two.deliver(std::move(question), two.bert, anna_outside);
  Outbox data = two.deliver(std::move(response), two.anna, bert_outside);
  REQUIRE(data.datagrams.size() == 128);
  const Outbox end = two.deliver(std::move(data), two.bert, anna_outside);
  REQUIRE(end.packets.size() == 128);
  CHECK(end.packets.front().size() == 102);
  CHECK(end.packets.back().size() == 229);
}

TEST_CASE(
    "an answer goes to where the last genuine message came from, and leaves from where it came to",
    "[tunnel]") {
  Two two;
  two.meet();
  Arrival elsewhere{mallory};
  elsewhere.at = LocalEnd{Ipv4Address{198, 51, 100, 77}, 3};
  Vector forged = two.sealed();
  forged.back() ^= 1;
  two.arrive(forged, elsewhere);
  CHECK(two.bert.peers().front().settings.endpoint == anna_outside);

  two.arrive(two.sealed(), elsewhere);
  Outbox out;
  auto packet = inner_packet("10.0.0.2", "10.0.0.1");
  two.bert.on_tun_packet(two.now, packet, out);
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams.front().to == mallory);
  CHECK(out.datagrams.front().from == elsewhere.at);

  two.bert.forget_local_ends(
      [](const Endpoint& to, const LocalEnd& at) { return to == mallory && at.interface == 3; });
  Outbox later;
  auto another = inner_packet("10.0.0.2", "10.0.0.1");
  two.bert.on_tun_packet(two.now, another, later);
  CHECK_FALSE(later.datagrams.front().from);
}

TEST_CASE("marks of congestion pass through the tunnel in both directions", "[tunnel]") {
  const auto v6 = GENERATE(false, true);
  Two two;
  two.meet();
  const auto packet_with = [&](unsigned ecn) {
    return v6 ? inner_packet("fd00::1", "fd00::2", 100, ecn)
              : inner_packet("10.0.0.1", "10.0.0.2", 100, ecn);
  };
  const auto outer_of = [&](unsigned ecn) {
    Outbox out;
    auto packet = packet_with(ecn);
    two.anna.on_tun_packet(two.now, packet, out);
    return int{out.datagrams.front().traffic_class};
  };
  CHECK(outer_of(0) == 0);
  CHECK(outer_of(1) == 1);
  CHECK(outer_of(2) == 2);
  CHECK(outer_of(3) == 2);  // congested inside: outside it may be marked anew

  const auto inner_after = [&](unsigned inner, std::uint8_t outer) {
    Arrival arrival{anna_outside};
    arrival.traffic_class = outer;
    const Outbox out = two.arrive(two.sealed(packet_with(inner)), arrival);
    REQUIRE(out.packets.size() == 1);
    return static_cast<unsigned>(InnerPacket::read(out.packets.front())->ecn);
  };
  CHECK(inner_after(2, 2) == 2);
  CHECK(inner_after(2, 3) == 3);
  CHECK(inner_after(1, 3) == 3);
  CHECK(inner_after(0, 3) == 0);  // its ends do not know what a mark is
  CHECK(inner_after(3, 0) == 3);
}

TEST_CASE("the inner header's checksum is right after a mark of congestion", "[tunnel]") {
  Two two;
  two.meet();
  Arrival arrival{anna_outside};
  arrival.traffic_class = 3;
  const Outbox out = two.arrive(two.sealed(inner_packet("10.0.0.1", "10.0.0.2", 100, 2)), arrival);
  CHECK(wire::internet_checksum(out.packets.front().first(20)) == 0);
}

TEST_CASE("handshakes carry a DSCP of their own, data does not", "[tunnel]") {
  Two two;
  Outbox out;
  auto packet = inner_packet("10.0.0.1", "10.0.0.2");
  two.anna.on_tun_packet(two.now, packet, out);
  CHECK(int{out.datagrams.front().traffic_class} == 0x88);
}

TEST_CASE("under load a sender without a cookie is sent one, and nothing else is done",
          "[tunnel]") {
  Two two;
  two.bert.set_handshake_limit(0);
  const Outbox out = two.arrive(two.initiation());
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams.front().bytes.size() == 64);
  CHECK(two.dropped(DropReason::cookie_demanded) == 1);
  CHECK_FALSE(two.bert.peers().front().settings.endpoint);
}

TEST_CASE("a cookie reply to nothing is counted and changes nothing", "[tunnel]") {
  Two two;
  Vector reply(64);
  reply[0] = 3;
  CHECK(two.arrive(reply).datagrams.empty());
  CHECK(two.dropped(DropReason::bad_cookie) == 1);
}

TEST_CASE("a session of 180 seconds carries nothing any more", "[tunnel]") {
  Two two;
  two.meet();
  const Vector late = two.sealed();
  two.now += 179s;
  CHECK(two.arrive(late).packets.size() == 1);
  const Vector later = [&] {
    two.now -= 179s;
    return two.sealed();
  }();
  two.now += 180s;
  CHECK(two.arrive(later).packets.empty());
  CHECK(two.dropped(DropReason::expired_session) == 1);
  two.initiation();  // anna asks for a new one instead of sending
}

TEST_CASE("bytes of both directions are counted as they are on the wire", "[tunnel]") {
  Two two;
  two.meet();
  const PeerStatus at_anna = two.anna.peers().front();
  const PeerStatus at_bert = two.bert.peers().front();
  CHECK(at_anna.sent == 148 + 32 + 112);
  CHECK(at_anna.received == 92);
  CHECK(at_bert.sent == at_anna.received);
  CHECK(at_bert.received == at_anna.sent);
  CHECK(at_anna.last_handshake);
  CHECK(at_bert.last_handshake);
}

TEST_CASE("another private key ends all sessions; the same one ends nothing", "[tunnel]") {
  Two two;
  two.meet();
  two.anna.set_private_key(two.anna_key);
  two.sealed();
  two.anna.set_private_key(crypto::PrivateKey::generate(two.random));
  two.initiation();
}

TEST_CASE("nobody is their own peer", "[tunnel]") {
  Two two;
  CHECK_FALSE(two.anna.add_peer(two.anna_key.public_key()));
  CHECK(two.anna.has_peer(two.bert_key.public_key()));
  two.anna.set_private_key(two.bert_key);
  CHECK(two.anna.peers().empty());
}

TEST_CASE("an allowed IP given to another peer leaves the first one", "[tunnel]") {
  Two two;
  const auto carl = crypto::PrivateKey::generate(two.random).public_key();
  const Prefix prefix = Prefix::parse("10.0.0.2").value();
  REQUIRE(two.anna.add_peer(carl));
  CHECK_FALSE(two.anna.add_peer(carl));
  CHECK(two.anna.add_allowed_ip(carl, prefix));
  CHECK(two.anna.peers()[0].settings.allowed_ips == std::vector{Prefix::parse("fd00::2").value()});
  CHECK(two.anna.peers()[1].settings.allowed_ips == std::vector{prefix});

  CHECK(two.anna.remove_allowed_ip(two.bert_key.public_key(), prefix));  // not its own: stays
  CHECK(two.anna.peers()[1].settings.allowed_ips.size() == 1);
  CHECK(two.anna.remove_peer(carl));
  CHECK_FALSE(two.anna.remove_peer(carl));
  Outbox out;
  auto packet = inner_packet("10.0.0.1", "10.0.0.2");
  two.anna.on_tun_packet(two.now, packet, out);
  CHECK(two.anna.drops()[DropReason::no_route] == 1);
}

TEST_CASE("a removed peer leaves nothing behind, and its place is used again", "[tunnel]") {
  Two two;
  two.meet();
  const Vector sealed = two.sealed();
  two.bert.remove_all_peers();
  CHECK(two.bert.peers().empty());
  CHECK_FALSE(two.bert.next_deadline());
  CHECK(two.arrive(sealed).packets.empty());
  CHECK(two.dropped(DropReason::unknown_session) == 1);
  two.bert.set_peer(
      {.key = two.anna_key.public_key(), .allowed_ips = {Prefix::parse("10.0.0.1").value()}});
  two.now += 10s;
  two.anna.set_private_key(std::nullopt);
  two.anna.set_private_key(two.anna_key);
  two.meet();
}

TEST_CASE("settings of a peer that is not there say so", "[tunnel]") {
  Two two;
  const auto nobody = crypto::PrivateKey::generate(two.random).public_key();
  CHECK_FALSE(two.anna.set_preshared_key(nobody, crypto::PresharedKey::none()));
  CHECK_FALSE(two.anna.set_endpoint(nobody, mallory));
  CHECK_FALSE(two.anna.set_persistent_keepalive(nobody, 5s));
  CHECK_FALSE(two.anna.add_allowed_ip(nobody, Prefix::parse("10.0.0.0/8").value()));
  CHECK_FALSE(two.anna.remove_allowed_ip(nobody, Prefix::parse("10.0.0.0/8").value()));
  CHECK_FALSE(two.anna.clear_allowed_ips(nobody));
}

TEST_CASE("a persistent keepalive begins at once, and repeats", "[tunnel]") {
  Two two;
  two.anna.set_persistent_keepalive(two.bert_key.public_key(), 25s);
  REQUIRE(two.anna.next_deadline());
  CHECK(*two.anna.next_deadline() <= two.now);
  Outbox out;
  two.anna.on_deadline(two.now, out);
  CHECK(out.datagrams.size() == 1);  // an initiation
  CHECK(*two.anna.next_deadline() > two.now);
}

TEST_CASE("the key log has what both sides know of a handshake", "[tunnel]") {
  Two two;
  std::vector<noise::KeyLogRecord> records;
  const auto log = [&](const noise::KeyLogRecord& record) { records.push_back(record); };
  two.anna.set_key_log(log);
  two.bert.set_key_log(log);
  two.meet();
  REQUIRE(records.size() == 2);
  CHECK(records[0].local_static == two.anna_key);
  CHECK(records[0].remote_static == two.bert_key.public_key());
  CHECK(records[1].local_static == two.bert_key);
}

TEST_CASE("what is said to come next changes nothing, whatever it is", "[tunnel]") {
  Two two;
  two.meet();
  Vector genuine = two.sealed();
  Vector nobodys = genuine;
  nobodys[4] ^= 1;
  Vector from_afar = genuine;
  std::ranges::fill(std::span{from_afar}.subspan(8, 8), std::uint8_t{0xff});
  two.bert.expect_datagrams({});
  two.bert.expect_datagrams(std::array{Bytes{}, Bytes{genuine}, Bytes{genuine}.first(31),
                                       Bytes{nobodys}, Bytes{from_afar}});

  const auto packet = inner_packet("10.0.0.2", "10.0.0.1");
  const auto to_nobody = inner_packet("10.0.0.2", "10.0.0.9");
  two.bert.expect_tun_packets({});
  two.bert.expect_tun_packets(std::array{Bytes{}, packet.bytes(), packet.bytes().first(19),
                                         to_nobody.bytes(), Bytes{genuine}});

  for (const DropReasonText& text : drop_reason_texts) CHECK(two.dropped(text.reason) == 0);
  CHECK(two.arrive(genuine).packets.size() == 1);
  CHECK(two.arrive(genuine).packets.empty());
  CHECK(two.dropped(DropReason::replayed) == 1);
}

TEST_CASE("every drop reason has words and a sentence of its own", "[tunnel]") {
  for (std::size_t i = 0; i < drop_reason_texts.size(); ++i) {
    const DropReasonText& text = drop_reason_texts[i];
    CAPTURE(text.words);
    CHECK(static_cast<std::size_t>(text.reason) == i);
    CHECK(text.sentence.ends_with('.'));
    for (std::size_t j = 0; j < i; ++j) CHECK(drop_reason_texts[j].words != text.words);
  }
}

namespace {

/// In an order of its own.
void run(std::vector<CipherJob>& jobs) {
  for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) job->run();
}

/// What comes out of bert when all of it has come in: each opened when it is its turn, or all of them before the first.
Outbox arrive_all(Two& two, const std::vector<Vector>& datagrams, bool opened_before) {
  const std::size_t first = two.inbound.size();
  for (const Vector& datagram : datagrams) two.inbound.push_back(buffer_of(datagram));
  std::vector<CipherJob> jobs;
  std::vector<std::optional<std::size_t>> job_of(datagrams.size());
  for (std::size_t i = 0; opened_before && i < datagrams.size(); ++i) {
    auto job = two.bert.to_open(two.now, two.inbound[first + i].bytes());
    if (!job) continue;
    job_of[i] = jobs.size();
    jobs.push_back(std::move(*job));
  }
  run(jobs);
  Outbox out;
  for (std::size_t i = 0; i < datagrams.size(); ++i) {
    Arrival arrival{anna_outside};
    if (job_of[i]) arrival.is_genuine = jobs[*job_of[i]].is_genuine;
    two.bert.on_datagram(two.now, arrival, two.inbound[first + i], out);
  }
  return out;
}

}  // namespace

TEST_CASE("sealing that is left to others gives the same messages, in whatever order they do it",
          "[tunnel][jobs]") {
  Two alone;
  Two together;
  Outbox one_by_one;
  Outbox later;
  later.sealed_by_owner = true;
  std::deque<PacketBuffer> packets;
  for (const bool left : {false, true}) {
    Two& two = left ? together : alone;
    two.meet();
    for (std::size_t size = 28; size < 1400; size += 97) {
      packets.push_back(inner_packet("10.0.0.1", "10.0.0.2", size));
      two.anna.on_tun_packet(two.now, packets.back(), left ? later : one_by_one);
    }
  }
  CHECK(one_by_one.to_seal.empty());
  CHECK(later.to_seal.size() == later.datagrams.size());
  run(later.to_seal);
  REQUIRE(later.datagrams.size() == one_by_one.datagrams.size());
  for (std::size_t i = 0; i < later.datagrams.size(); ++i) {
    CAPTURE(i);
    CHECK(to_hex(later.datagrams[i].bytes) == to_hex(one_by_one.datagrams[i].bytes));
  }
  later.clear();
  CHECK(later.to_seal.empty());
}

TEST_CASE("what others have opened is delivered, and refused, as if the tunnel had opened it",
          "[tunnel][jobs]") {
  const auto seed = GENERATE(range(1u, 30u));
  CAPTURE(seed);
  std::vector<std::string> delivered[2];
  Two both[2];
  for (const bool before : {false, true}) {
    Two& two = both[before];
    two.meet();
    std::vector<Vector> batch;
    for (std::size_t i = 0; i < 20; ++i)
      batch.push_back(two.sealed(inner_packet("10.0.0.1", "10.0.0.2", 40 + i)));
    test::SeededRandom random{seed};
    const auto one_of_them = [&] {
      return batch[random.below(static_cast<std::uint32_t>(batch.size()))];
    };
    for (int i = 0; i < 10; ++i) {
      Vector forged = one_of_them();
      forged[random.below(static_cast<std::uint32_t>(forged.size()))] ^= 1;
      batch.push_back(forged);
      batch.push_back(one_of_them());  // replayed
    }
    batch.push_back({});
    batch.push_back(Vector(31, 4));
    batch.push_back(two.sealed(inner_packet("10.0.0.9", "10.0.0.2")));  // not anna's address
    for (std::size_t i = batch.size(); i > 1; --i)
      std::swap(batch[i - 1], batch[random.below(static_cast<std::uint32_t>(i))]);

    const Outbox out = arrive_all(two, batch, before);
    for (const Bytes packet : out.packets) delivered[before].push_back(to_hex(packet));
  }
  CHECK(delivered[0].size() == 20);
  CHECK(delivered[0] == delivered[1]);
  for (const auto reason : {DropReason::bad_tag, DropReason::replayed, DropReason::wrong_source,
                            DropReason::unknown_session, DropReason::bad_message}) {
    CAPTURE(static_cast<int>(reason));
    CHECK(both[0].dropped(reason) == both[1].dropped(reason));
  }
}

TEST_CASE("a forged counter that others have opened does not move the replay window",
          "[tunnel][jobs]") {
  Two two;
  two.meet();
  const Vector genuine = two.sealed();
  Vector forged = genuine;
  forged[8 + 5] = 1;  // a counter far beyond
  CHECK(arrive_all(two, {forged, genuine}, true).packets.size() == 1);
  CHECK(two.dropped(DropReason::bad_tag) == 1);
}

TEST_CASE("a session may end after others have begun to open its messages", "[tunnel][jobs]") {
  Two two;
  two.meet();
  PacketBuffer message = buffer_of(two.sealed());
  auto job = two.bert.to_open(two.now, message.bytes());
  REQUIRE(job);
  REQUIRE(two.bert.remove_peer(two.anna_key.public_key()));
  job->run();
  Arrival arrival{anna_outside};
  arrival.is_genuine = job->is_genuine;
  Outbox out;
  two.bert.on_datagram(two.now, arrival, message, out);
  CHECK(out.packets.empty());
  CHECK(two.dropped(DropReason::unknown_session) == 1);
}

TEST_CASE("nobody is asked to open what is no message of a living session", "[tunnel][jobs]") {
  Two two;
  two.meet();
  PacketBuffer message = buffer_of(two.sealed());
  CHECK(two.bert.to_open(two.now, message.bytes()));
  CHECK_FALSE(two.bert.to_open(two.now, message.bytes().first(31)));
  CHECK_FALSE(two.bert.to_open(two.now + 180s, message.bytes()));
  CHECK_FALSE(two.anna.to_open(two.now, message.bytes()));
}
