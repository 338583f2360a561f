#include "noise/cookie.hpp"

#include "noise/initiator.hpp"
#include "support/bytes.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::noise;
using namespace std::chrono_literals;

namespace {

const Instant start{1h};

/// A server under load, and a client that knocks at its door.
struct Door {
  test::SeededRandom random{1};
  crypto::KeyPair server = crypto::KeyPair::generate(random);
  CookieChecker checker{server.public_key};
  CookieKeeper keeper{server.public_key};
  Endpoint client{Ipv4Address{192, 0, 2, 2}, 40000};

  Initiation knock(Instant now) {
    Initiation message;
    random.fill(message[Initiation::sender]);
    random.fill(message[Initiation::ephemeral]);
    keeper.add_macs(now, message.bytes());
    return message;
  }
  /// Knocks, gets a cookie, keeps it.
  void get_cookie(Instant now) {
    const auto message = knock(now);
    REQUIRE(keeper.consume(now, checker.reply(now, client, message.bytes(), random)));
  }
};

std::string mac2(const Initiation& message) { return to_hex(message.bytes().last(16)); }
const std::string zeros(32, '0');

}  // namespace

TEST_CASE("mac1 fits for the host whose key made it, and for no other", "[noise][cookie]") {
  Door door;
  const auto message = door.knock(start);
  CHECK(door.checker.mac1_fits(message.bytes()));
  CHECK_FALSE(
      CookieChecker{crypto::KeyPair::generate(door.random).public_key}.mac1_fits(message.bytes()));
}

TEST_CASE("mac1 covers every bit before it", "[noise][cookie]") {
  Door door;
  const auto message = door.knock(start);
  for (std::size_t byte = 0; byte < 116 + 16; ++byte) {
    CAPTURE(byte);
    auto changed = message;
    changed.bytes()[byte] ^= 1;
    CHECK_FALSE(door.checker.mac1_fits(changed.bytes()));
  }
}

TEST_CASE("without a cookie mac2 is zeros and does not fit", "[noise][cookie]") {
  Door door;
  const auto message = door.knock(start);
  CHECK(mac2(message) == zeros);
  CHECK_FALSE(door.checker.mac2_fits(start, door.client, message.bytes()));
}

TEST_CASE("with a cookie the next message has a mac2 that fits", "[noise][cookie]") {
  Door door;
  door.get_cookie(start);
  const auto message = door.knock(start + 1s);
  CHECK(door.checker.mac2_fits(start + 1s, door.client, message.bytes()));
}

TEST_CASE("a cookie is worth nothing at another address or port", "[noise][cookie]") {
  Door door;
  door.get_cookie(start);
  const auto message = door.knock(start);
  const Endpoint elsewhere{Ipv4Address{192, 0, 2, 3}, door.client.port};
  const Endpoint other_port{door.client.address, 40001};
  CHECK_FALSE(door.checker.mac2_fits(start, elsewhere, message.bytes()));
  CHECK_FALSE(door.checker.mac2_fits(start, other_port, message.bytes()));
}

TEST_CASE("cookies are made for IPv6 as well", "[noise][cookie]") {
  Door door;
  door.client = {IpAddress::parse("2001:db8:192::2").value(), 40000};
  door.get_cookie(start);
  const auto message = door.knock(start);
  CHECK(door.checker.mac2_fits(start, door.client, message.bytes()));
}

TEST_CASE("the checker's secret, and so every cookie, ends after two minutes", "[noise][cookie]") {
  Door door;
  door.get_cookie(start);
  const auto message = door.knock(start + 119s);
  CHECK(door.checker.mac2_fits(start + 119s, door.client, message.bytes()));
  CHECK_FALSE(door.checker.mac2_fits(start + 120s, door.client, message.bytes()));
  door.get_cookie(start + 120s);
  CHECK_FALSE(door.checker.mac2_fits(start + 120s, door.client, message.bytes()));
}

TEST_CASE("the keeper forgets its cookie after two minutes", "[noise][cookie]") {
  Door door;
  door.get_cookie(start);
  CHECK(mac2(door.knock(start + 119s)) != zeros);
  CHECK(mac2(door.knock(start + 120s)) == zeros);
}

TEST_CASE("a cookie reply names the message that it is for", "[noise][cookie]") {
  Door door;
  const auto message = door.knock(start);
  const auto reply = door.checker.reply(start, door.client, message.bytes(), door.random);
  CHECK(to_hex(reply[CookieReply::receiver]) == to_hex(message[Initiation::sender]));
}

TEST_CASE("the keeper takes no reply to anything but its last message", "[noise][cookie]") {
  Door door;
  const auto first = door.knock(start);
  const auto reply = door.checker.reply(start, door.client, first.bytes(), door.random);
  door.knock(start);
  CHECK_FALSE(door.keeper.consume(start, reply));
  CHECK(mac2(door.knock(start)) == zeros);
  CHECK_FALSE(CookieKeeper{door.server.public_key}.consume(start, reply));
}

TEST_CASE("a cookie reply that was changed in any bit is refused", "[noise][cookie]") {
  Door door;
  const auto message = door.knock(start);
  const auto reply = door.checker.reply(start, door.client, message.bytes(), door.random);
  for (std::size_t byte = 8; byte < CookieReply::size; ++byte) {
    CAPTURE(byte);
    auto changed = reply;
    changed.bytes()[byte] ^= 0x10;
    CHECK_FALSE(door.keeper.consume(start, changed));
  }
  CHECK(door.keeper.consume(start, reply));
}
