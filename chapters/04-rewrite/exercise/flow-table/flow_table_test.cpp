// What the memory of a NAT must remember: which program an answer belongs to.
#include "tunnel/flow_table.hpp"

#include "support/exercise/exercise.hpp"

using namespace culvert;
using namespace culvert::exercise;
using namespace culvert::tunnel;
using namespace std::chrono_literals;

namespace {

constexpr auto udp = wire::Protocol::udp;
constexpr auto tcp = wire::Protocol::tcp;

std::string words(const InsideEnd& end) {
  return fmt::format("{} {}", end.protocol == udp ? "UDP" : "TCP", to_string(end.endpoint));
}
std::string words(const Flow* flow) {
  return flow == nullptr
             ? "no flow"
             : fmt::format("{} at outside port {}", words(flow->inside), flow->outside_port);
}

InsideEnd somebody(test::SeededRandom& random, wire::Protocol protocol = udp) {
  const Ipv4Address address{10, 0, random.number<std::uint8_t>(), random.number<std::uint8_t>()};
  return {protocol, {address, static_cast<std::uint16_t>(2000 + random.below(40'000))}};
}

/// Somebody else who happens to speak from the same port.
InsideEnd same_port(const InsideEnd& other) {
  const std::uint32_t address = other.endpoint.address.as_v4().to_number();
  return {other.protocol, {Ipv4Address{address ^ 0x00010000u}, other.endpoint.port}};
}

Flow* opened(Attempt& attempt, FlowTable& table, const InsideEnd& inside, Instant now) {
  attempt.step(words(inside) + " speaks: a flow is opened");
  Flow* flow = table.open(inside, now);
  attempt.expect("a flow is opened", flow != nullptr, true,
                 {{"open() gives no flow, though ports are free", false}});
  return flow;
}

void expect_flow(Attempt& attempt, std::string_view what, const Flow* yours,
                 const std::string& expected, const Causes<std::string>& known = {}) {
  attempt.expect(what, words(yours), expected, known);
}

void answers_find_home(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const Instant now{1s};
  const InsideEnd inside = somebody(attempt.random());
  const std::uint16_t port = opened(attempt, table, inside, now)->outside_port;
  const std::string flow = fmt::format("{} at outside port {}", words(inside), port);
  expect_flow(attempt, "asked from inside", table.from_inside(inside, now), flow,
              {{"the flow is not found by who is inside", "no flow"}});
  attempt.step(fmt::format("an answer comes to port {}", port));
  expect_flow(attempt, "asked from outside", table.from_outside(udp, port, now), flow,
              {{"the answer finds nobody: the way back from the outside port was not written down",
                "no flow"}});
}

void keeps_its_port(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const InsideEnd inside = somebody(attempt.random());
  const std::uint16_t port = opened(attempt, table, inside, Instant{1s})->outside_port;
  attempt.expect("the outside port", std::size_t{port}, inside.endpoint.port,
                 {{"a free port is kept, and yours changes it", 1024}});
}

void two_on_one_port(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const Instant now{1s};
  const InsideEnd first = somebody(attempt.random());
  const InsideEnd second = same_port(first);
  const std::uint16_t port = opened(attempt, table, first, now)->outside_port;
  const std::uint16_t other = opened(attempt, table, second, now)->outside_port;
  attempt.expect(
      "both have the same outside port", port == other, false,
      {{"two programs share an outside port: their answers cannot be told apart", true}});
  attempt.step(fmt::format("answers come to the ports {} and {}", port, other));
  expect_flow(attempt, "the first answer", table.from_outside(udp, port, now),
              fmt::format("{} at outside port {}", words(first), port),
              {{"the answer goes to the other program",
                fmt::format("{} at outside port {}", words(second), other)}});
  expect_flow(attempt, "the second answer", table.from_outside(udp, other, now),
              fmt::format("{} at outside port {}", words(second), other));
}

void protocols_apart(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const Instant now{1s};
  const InsideEnd by_udp = somebody(attempt.random(), udp);
  const InsideEnd by_tcp{tcp, same_port(by_udp).endpoint};
  const std::uint16_t udp_port = opened(attempt, table, by_udp, now)->outside_port;
  const std::uint16_t tcp_port = opened(attempt, table, by_tcp, now)->outside_port;
  attempt.expect(
      "TCP's outside port", std::size_t{tcp_port}, by_tcp.endpoint.port,
      {{"UDP and TCP have ports of their own: the same number is free in the other", 1024}});
  expect_flow(attempt, "an answer by UDP", table.from_outside(udp, udp_port, now),
              fmt::format("{} at outside port {}", words(by_udp), udp_port),
              {{"the protocol is not asked: UDP's answer goes to TCP's flow",
                fmt::format("{} at outside port {}", words(by_tcp), tcp_port)}});
}

void flows_expire(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const InsideEnd first = somebody(attempt.random());
  Flow* flow = opened(attempt, table, first, Instant{1s});
  const std::uint16_t port = flow->outside_port;
  const auto lifetime = std::chrono::seconds{10 + attempt.random().below(100)};
  table.keep_until(*flow, Instant{lifetime});
  attempt.step(fmt::format("it lives until second {}; now it is second {}", lifetime.count(),
                           lifetime.count()));
  const Causes<std::string> immortal{
      {"an expired flow is still found: a late stranger would reach the program", words(flow)}};
  expect_flow(attempt, "asked from inside", table.from_inside(first, Instant{lifetime}), "no flow",
              immortal);
  expect_flow(attempt, "asked from outside", table.from_outside(udp, port, Instant{lifetime}),
              "no flow", immortal);
  const InsideEnd second = same_port(first);
  const Flow* next = opened(attempt, table, second, Instant{lifetime});
  attempt.expect("the next one's outside port", std::size_t{next->outside_port}, port,
                 {{"the port of an expired flow is not free again", 1024}});
}

void ports_run_out(Attempt& attempt) {
  const std::uint16_t first = static_cast<std::uint16_t>(5000 + attempt.random().below(1000));
  FlowTable table{PortRange{first, static_cast<std::uint16_t>(first + 3)}};
  attempt.step(fmt::format("a table with the ports {} to {}", first, first + 3));
  InsideEnd inside = somebody(attempt.random());
  inside.endpoint.port = 80;
  for (int i = 0; i < 4; ++i) {
    inside.endpoint.port++;
    const std::uint16_t port = opened(attempt, table, inside, Instant{1s})->outside_port;
    attempt.expect("the outside port is in the range", first <= port && port <= first + 3, true,
                   {{"a port outside the range is given", false}});
  }
  inside.endpoint.port++;
  attempt.step("a fifth one speaks, and all four ports are taken");
  attempt.expect("it gets a flow", table.open(inside, Instant{1s}) != nullptr, false,
                 {{"a port that is taken is given again: somebody loses answers", true}});
}

void expire_forgets(Attempt& attempt) {
  FlowTable table{PortRange{}};
  const InsideEnd lives = somebody(attempt.random());
  const InsideEnd dies = same_port(lives);
  table.keep_until(*opened(attempt, table, lives, Instant{1s}), Instant{100s});
  table.keep_until(*opened(attempt, table, dies, Instant{1s}), Instant{50s});
  table.expire(Instant{60s});
  attempt.step("one lived until second 100, one until 50; expire() at second 60");
  attempt.expect("flows() lists", table.flows().size(), 1,
                 {{"expire() forgets nothing: the table grows for ever", 2},
                  {"expire() forgets the living too", 0}});
}

}  // namespace

int main(int argc, char** argv) {
  return run_exercise(
      {"04",
       "flow-table",
       {{"an answer finds the one who asked", "RFC 2663, section 4.1.2; RFC 4787, section 4.1",
         answers_find_home},
        {"a port number that is free is kept", "RFC 4787, section 4.2.1", keeps_its_port},
        {"two programs on one source port get their own answers", "RFC 2663, section 4.1.2",
         two_on_one_port},
        {"UDP and TCP have ports of their own", "RFC 4787, section 1 (REQs are per protocol)",
         protocols_apart},
        {"an expired flow is gone and its port free", "RFC 4787, section 4.3", flows_expire},
        {"ports come from the range, and when all are taken there is no flow",
         "RFC 4787, section 4.2", ports_run_out},
        {"expire() forgets the dead and only the dead", "flow_table.hpp", expire_forgets}}},
      argc, argv);
}
