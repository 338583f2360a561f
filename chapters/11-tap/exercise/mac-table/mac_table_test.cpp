// What a switch must remember of the frames that it saw.
#include "tunnel/mac_table.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using tunnel::MacTable;
using tunnel::Port;
using namespace std::chrono_literals;

namespace {

std::string words(const std::optional<Port>& port) {
  if (!port) return "unknown";
  return port->remote ? "behind " + to_string(*port->remote) : "behind the TAP";
}

/// A card's address: not a group's.
MacAddress station(test::SeededRandom& random) {
  auto bytes = random.bytes(6);
  bytes[0] = static_cast<std::uint8_t>(bytes[0] & ~1u);
  return MacAddress{Bytes{bytes}.first<6>()};
}
Port some_port(test::SeededRandom& random) {
  return {Endpoint{random.ipv4(), static_cast<std::uint16_t>(1 + random.below(60'000))}};
}
Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

void heard(Attempt& attempt, MacTable& table, const MacAddress& who, const Port& port,
           std::int64_t second) {
  attempt.step(
      fmt::format("second {}: a frame from {} comes from {}", second, to_string(who), words(port)));
  table.learn(who, port, at(second));
}
void expect_at(Attempt& attempt, const MacTable& table, const MacAddress& who, std::int64_t second,
               const std::string& expected, const Causes<std::string>& known = {}) {
  attempt.expect(fmt::format("second {}: where {} is", second, to_string(who)),
                 words(table.find(who, at(second))), expected, known);
}

void learns(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const MacAddress a = station(random);
  const MacAddress b = station(random);
  const Port port = some_port(random);
  heard(attempt, table, a, port, 10);
  heard(attempt, table, b, Port{}, 11);
  expect_at(
      attempt, table, a, 12, words(port),
      {{"nothing was learnt: every frame would go to everybody", "unknown"},
       {"one entry for all: the last station heard takes the others' places", words(Port{})}});
  expect_at(attempt, table, b, 12, words(Port{}));
}
void unknown(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const Port port = some_port(random);
  heard(attempt, table, station(random), port, 10);
  expect_at(
      attempt, table, station(random), 11, "unknown",
      {{"a station that was never heard is found: frames for it would be lost", words(port)}});
}
void moves(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const MacAddress a = station(random);
  const Port before = some_port(random);
  const Port after = some_port(random);
  heard(attempt, table, a, before, 10);
  heard(attempt, table, a, after, 20);
  expect_at(
      attempt, table, a, 21, words(after),
      {{"the first port stays for ever: a laptop that moves is not found again", words(before)}});
}
void ages(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const MacAddress a = station(random);
  const Port port = some_port(random);
  heard(attempt, table, a, port, 100);
  expect_at(attempt, table, a, 399, words(port),
            {{"it is forgotten too early: it should be known for 300 seconds", "unknown"}});
  expect_at(attempt, table, a, 400, "unknown",
            {{"a station that was not heard for 300 seconds is still believed", words(port)}});
}
void stays_young(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const MacAddress a = station(random);
  const Port port = some_port(random);
  heard(attempt, table, a, port, 100);
  heard(attempt, table, a, port, 350);
  expect_at(attempt, table, a, 500, words(port),
            {{"a frame does not renew what is known: busy stations are forgotten", "unknown"}});
}
void groups(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  auto bytes = random.bytes(6);
  bytes[0] = static_cast<std::uint8_t>(bytes[0] | 1u);
  const MacAddress group{Bytes{bytes}.first<6>()};
  const Port port = some_port(random);
  heard(attempt, table, group, port, 10);
  expect_at(
      attempt, table, group, 11, "unknown",
      {{"a group's address is learnt: frames for everybody would go to one port", words(port)}});
}
void full(Attempt& attempt) {
  auto& random = attempt.random();
  MacTable table;
  const MacAddress first = station(random);
  const Port port = some_port(random);
  heard(attempt, table, first, port, 10);
  attempt.step("then 1200 made-up stations speak");
  for (int i = 0; i < 1200; ++i) table.learn(station(random), Port{}, at(11));
  attempt.expect(
      "at most max_stations are remembered", table.size() <= MacTable::max_stations, true,
      {{"the table grows without end: a flood of made-up addresses fills the memory", false}});
  expect_at(attempt, table, first, 12, words(port),
            {{"made-up stations push out the real ones", "unknown"}});
  attempt.step("400 seconds later somebody new speaks");
  const MacAddress late = station(random);
  table.learn(late, port, at(411));
  expect_at(attempt, table, late, 412, words(port),
            {{"the dead keep their places: nobody new is ever learnt again", "unknown"}});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"11",
       "mac-table",
       {{"each station is found behind the port it was heard at", "IEEE 802.1D, section 7.8",
         learns},
        {"a station that never spoke is unknown", "IEEE 802.1D, section 7.7", unknown},
        {"who moves is found at the new port", "IEEE 802.1D, section 7.8", moves},
        {"who says nothing for five minutes is forgotten", "IEEE 802.1D, section 7.9.2", ages},
        {"each frame renews what is known", "IEEE 802.1D, section 7.9.2", stays_young},
        {"group addresses are not learnt", "IEEE 802.1D, section 7.8; IEEE 802, section 8.2",
         groups},
        {"a flood of stations fills no memory and pushes nobody out", "mac_table.hpp: max_stations",
         full}}},
      argc, argv);
}
