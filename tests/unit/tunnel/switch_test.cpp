#include "tunnel/switch.hpp"

#include <memory>

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

const Endpoint anna = *Endpoint::parse("192.0.2.2:1111");
const Endpoint bert = *Endpoint::parse("203.0.113.80:2222");
constexpr Instant now{1000s};

/// A frame of 20 bytes between stations 02:00:00:00:00:NN; ff is everybody.
std::vector<std::uint8_t> frame(std::uint8_t to, std::uint8_t from) {
  std::vector<std::uint8_t> out(20, 0);
  if (to == 0xff) std::fill_n(out.begin(), 6, std::uint8_t{0xff});
  if (to != 0xff) out[0] = 0x02;
  out[5] = to;
  out[6] = 0x02;
  out[11] = from;
  out[12] = 0x88;
  out[13] = 0xb5;
  return out;
}

std::vector<std::uint8_t> message(const std::vector<std::uint8_t>& frame) {
  std::vector<std::uint8_t> out{5, 0, 0, 0};
  out.insert(out.end(), frame.begin(), frame.end());
  return out;
}

/// Whom a frame was sent to: endpoints in words, and "tap".
using Receivers = std::vector<std::string>;

Receivers receivers(const Outbox& out) {
  Receivers all;
  for (const auto& datagram : out.datagrams) all.push_back(to_string(datagram.to));
  if (!out.packets.empty()) all.push_back("tap");
  return all;
}

Receivers from_tap(Switch& frames, const std::vector<std::uint8_t>& bytes, Instant when = now) {
  auto buffer = std::make_unique<PacketBuffer>();
  copy_bytes(bytes, buffer->writable());
  buffer->set_size(bytes.size());
  Outbox out;
  frames.on_tun_packet(when, *buffer, out);
  return receivers(out);
}

Receivers from(const Endpoint& end, Switch& frames, const std::vector<std::uint8_t>& bytes,
               Instant when = now) {
  auto buffer = std::make_unique<PacketBuffer>();
  copy_bytes(bytes, buffer->writable());
  buffer->set_size(bytes.size());
  Outbox out;
  frames.on_datagram(when, end, *buffer, out);
  return receivers(out);
}

}  // namespace

TEST_CASE("a frame for everybody goes to all ports but its own", "[tunnel][switch]") {
  auto frames = Switch::listening();
  CHECK(from(anna, frames, message({})).empty());
  CHECK(from(bert, frames, message({})).empty());
  CHECK(from_tap(frames, frame(0xff, 1)) == Receivers{to_string(anna), to_string(bert)});
  CHECK(from(anna, frames, message(frame(0xff, 2))) == Receivers{to_string(bert), "tap"});
}

TEST_CASE("a frame for a station that was heard goes to its port alone", "[tunnel][switch]") {
  auto frames = Switch::listening();
  from(anna, frames, message(frame(0xff, 2)));
  from(bert, frames, message(frame(0xff, 3)));
  CHECK(from(bert, frames, message(frame(2, 3))) == Receivers{to_string(anna)});
  CHECK(from_tap(frames, frame(3, 1)) == Receivers{to_string(bert)});
  CHECK(from(anna, frames, message(frame(1, 2))) == Receivers{"tap"});
  CHECK(frames.forwarded() == 3);
}

TEST_CASE("a frame between two stations behind one port is not sent on", "[tunnel][switch]") {
  auto frames = Switch::listening();
  from(anna, frames, message(frame(0xff, 2)));
  CHECK(from(anna, frames, message(frame(2, 4))).empty());
}

TEST_CASE("an end that says nothing for long is unplugged", "[tunnel][switch]") {
  auto frames = Switch::listening();
  from(anna, frames, message({}));
  CHECK(from_tap(frames, frame(0xff, 1), now + Switch::unplugged_after - 1s) ==
        Receivers{to_string(anna)});
  CHECK(from_tap(frames, frame(0xff, 1), now + Switch::unplugged_after).empty());
}

TEST_CASE("a client's switch knows its server and listens to nobody else", "[tunnel][switch]") {
  auto frames = Switch::to_server(anna, now);
  CHECK(from_tap(frames, frame(0xff, 1)) == Receivers{to_string(anna)});
  CHECK(from(bert, frames, message(frame(0xff, 3))).empty());
  CHECK(frames.drops()[DropReason::not_the_peer] == 1);

  Outbox out;
  REQUIRE(frames.next_deadline() == now);
  frames.on_deadline(now, out);
  REQUIRE(out.datagrams.size() == 1);
  CHECK(out.datagrams[0].to == anna);
  CHECK(out.datagrams[0].bytes.size() == 4);
  CHECK(frames.next_deadline() == now + Switch::hello_every);
}

TEST_CASE("what is no message of ours, or no frame, is counted and plugs nobody in",
          "[tunnel][switch]") {
  auto frames = Switch::listening();
  CHECK(from(anna, frames, test::bytes("04 00 00 00 01")).empty());
  CHECK(from_tap(frames, frame(0xff, 1)).empty());
  CHECK(from(bert, frames, message(test::bytes("02 00 00"))).empty());
  CHECK(frames.drops()[DropReason::bad_message] == 2);
}
