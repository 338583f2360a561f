#include "tunnel/flow_table.hpp"

#include <set>

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace culvert;
using namespace culvert::tunnel;
using namespace std::chrono_literals;
using wire::Protocol;

namespace {

constexpr Instant start{};

InsideEnd inside(std::uint8_t host, std::uint16_t port, Protocol protocol = Protocol::udp) {
  return {protocol, {Ipv4Address{10, 0, 0, host}, port}};
}

Flow* open_for(FlowTable& table, const InsideEnd& end, Instant now, Duration life = 60s) {
  Flow* flow = table.open(end, now);
  if (flow != nullptr) table.keep_until(*flow, now + life);
  return flow;
}

}  // namespace

TEST_CASE("a flow is found from both sides", "[tunnel][nat]") {
  FlowTable table{{}};
  const Flow* flow = open_for(table, inside(1, 40000), start);
  REQUIRE(flow != nullptr);
  CHECK(table.from_inside(inside(1, 40000), start) == flow);
  CHECK(table.from_outside(Protocol::udp, flow->outside_port, start) == flow);
}

TEST_CASE("a flow is nobody else's: not of another host, port or protocol", "[tunnel][nat]") {
  FlowTable table{{}};
  open_for(table, inside(1, 40000), start);
  CHECK(table.from_inside(inside(2, 40000), start) == nullptr);
  CHECK(table.from_inside(inside(1, 40001), start) == nullptr);
  CHECK(table.from_inside(inside(1, 40000, Protocol::tcp), start) == nullptr);
  CHECK(table.from_outside(Protocol::udp, 40001, start) == nullptr);
  CHECK(table.from_outside(Protocol::tcp, 40000, start) == nullptr);
}

TEST_CASE("a flow keeps its port number if that is free", "[tunnel][nat]") {
  FlowTable table{{}};
  CHECK(open_for(table, inside(1, 40000), start)->outside_port == 40000);
  CHECK(open_for(table, inside(1, 40000, Protocol::tcp), start)->outside_port ==
        40000);  // each protocol has its own
}

TEST_CASE("two programs on one source port get two ports outside", "[tunnel][nat]") {
  FlowTable table{{}};
  const Flow* first = open_for(table, inside(1, 40000), start);
  const Flow* second = open_for(table, inside(2, 40000), start);
  REQUIRE(second != nullptr);
  CHECK(first->outside_port != second->outside_port);
  CHECK(table.from_outside(Protocol::udp, first->outside_port, start)->inside == inside(1, 40000));
  CHECK(table.from_outside(Protocol::udp, second->outside_port, start)->inside == inside(2, 40000));
}

TEST_CASE("a port outside the range is not kept", "[tunnel][nat]") {
  FlowTable table{{.first = 5000, .last = 5003}};
  CHECK(open_for(table, inside(1, 80), start)->outside_port == 5000);
  CHECK(open_for(table, inside(1, 65535), start)->outside_port == 5001);
}

TEST_CASE("when all ports are taken there is no new flow, until one expires", "[tunnel][nat]") {
  FlowTable table{{.first = 5000, .last = 5002}};
  for (std::uint8_t host = 1; host <= 3; ++host)
    REQUIRE(open_for(table, inside(host, 40000), start, host * 10s));
  CHECK(open_for(table, inside(4, 40000), start) == nullptr);
  CHECK(open_for(table, inside(4, 40000, Protocol::tcp), start) !=
        nullptr);  // TCP has ports of its own
  CHECK(open_for(table, inside(4, 40000), start + 10s - 1ns) == nullptr);

  const Flow* flow = open_for(table, inside(4, 40000), start + 10s);
  REQUIRE(flow != nullptr);
  CHECK(flow->outside_port == 5000);  // the one of host 1
  CHECK(table.from_inside(inside(1, 40000), start + 10s) == nullptr);
  CHECK(table.from_inside(inside(2, 40000), start + 10s) != nullptr);
}

TEST_CASE("a flow dies exactly when its time is over", "[tunnel][nat]") {
  FlowTable table{{}};
  open_for(table, inside(1, 40000), start, 60s);
  CHECK(table.from_inside(inside(1, 40000), start + 60s - 1ns) != nullptr);
  CHECK(table.from_inside(inside(1, 40000), start + 60s) == nullptr);
  CHECK(table.from_outside(Protocol::udp, 40000, start + 60s) == nullptr);
}

TEST_CASE("a flow that is kept alive lives on", "[tunnel][nat]") {
  FlowTable table{{}};
  Flow* flow = open_for(table, inside(1, 40000), start, 60s);
  table.keep_until(*flow, start + 100s);
  CHECK(table.from_inside(inside(1, 40000), start + 99s) == flow);
}

TEST_CASE("a dead flow's port is free for anybody, and its owner starts anew", "[tunnel][nat]") {
  FlowTable table{{}};
  open_for(table, inside(1, 40000), start, 10s)->bytes_out = 7;
  CHECK(open_for(table, inside(2, 40000), start + 10s)->outside_port == 40000);
  const Flow* again = open_for(table, inside(1, 40000), start + 10s);
  REQUIRE(again != nullptr);
  CHECK(again->outside_port != 40000);
  CHECK(again->bytes_out == 0);
  CHECK(table.flows().size() == 2);
}

TEST_CASE("expiring forgets the dead and no one else", "[tunnel][nat]") {
  FlowTable table{{}};
  open_for(table, inside(1, 1001), start, 10s);
  open_for(table, inside(2, 1002), start, 20s);
  table.expire(start + 10s);
  REQUIRE(table.flows().size() == 1);
  CHECK(table.flows()[0].inside == inside(2, 1002));
}

TEST_CASE("no two living flows of a protocol ever share a port, whatever comes and goes",
          "[tunnel][nat]") {
  const auto seed = GENERATE(range(1u, 20u));
  CAPTURE(seed);
  test::SeededRandom random{seed};
  FlowTable table{{.first = 2000, .last = 2019}};
  Instant now = start;
  for (int step = 0; step < 500; ++step) {
    CAPTURE(step);
    now += std::chrono::milliseconds{random.below(500)};
    const InsideEnd end = inside(static_cast<std::uint8_t>(random.below(4)),
                                 static_cast<std::uint16_t>(1990 + random.below(20)),
                                 random.coin() ? Protocol::udp : Protocol::tcp);
    Flow* flow = table.from_inside(end, now);
    if (flow == nullptr) flow = table.open(end, now);
    std::map<Protocol, std::set<std::uint16_t>> used;
    std::size_t living = 0;
    for (const Flow& other : table.flows()) {
      if (other.expires <= now) continue;
      ++living;
      REQUIRE(used[other.inside.protocol].insert(other.outside_port).second);
      REQUIRE(table.from_outside(other.inside.protocol, other.outside_port, now)->inside ==
              other.inside);
    }
    if (flow == nullptr) {
      REQUIRE(used[end.protocol].size() == 20);  // only a full range is a reason
    } else {
      table.keep_until(*flow, now + std::chrono::seconds{1 + random.below(20)});
    }
    REQUIRE(living > 0);
  }
}
