#include "io/netlink_message.hpp"

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <array>
#include <cstring>
#include <random>
#include <system_error>

#include "support/bytes.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::io;
using test::bytes;

namespace {

// Netlink is in the machine's own byte order, so messages are put together here instead of written in hex.
void pad(Datagram& out) { out.resize((out.size() + 3) & ~std::size_t{3}); }

template <class T>
Datagram raw(const T& value) {
  Datagram out(sizeof value);
  std::memcpy(out.data(), &value, sizeof value);
  return out;
}

Datagram text(std::string_view characters) {
  Datagram out(characters.begin(), characters.end());
  out.push_back(0);
  return out;
}

Datagram join(std::initializer_list<Datagram> parts) {
  Datagram out;
  for (const Datagram& part : parts) {
    pad(out);
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

Datagram attribute(unsigned type, const Datagram& value) {
  nlattr head{};
  head.nla_len = static_cast<std::uint16_t>(sizeof head + value.size());
  head.nla_type = static_cast<std::uint16_t>(type);
  return join({raw(head), value});
}

Datagram message(unsigned type, unsigned flags, std::uint32_t sequence, const Datagram& body) {
  nlmsghdr head{};
  head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + body.size());
  head.nlmsg_type = static_cast<std::uint16_t>(type);
  head.nlmsg_flags = static_cast<std::uint16_t>(flags);
  head.nlmsg_seq = sequence;
  return join({raw(head), body});
}

Datagram tun_link() {
  ifinfomsg head{};
  head.ifi_type = 65534;
  head.ifi_index = 7;
  head.ifi_flags = IFF_UP | IFF_RUNNING | IFF_POINTOPOINT;
  return join({raw(head), attribute(IFLA_IFNAME, text("myvpn")), attribute(IFLA_MTU, raw(1468u)),
               attribute(IFLA_OPERSTATE, {6}),
               attribute(IFLA_LINKINFO | NLA_F_NESTED,
                         join({attribute(IFLA_INFO_KIND, text("tun")),
                               attribute(IFLA_INFO_DATA, attribute(IFLA_TUN_TYPE, {1}))}))});
}

Datagram ipv4_route() {
  rtmsg head{};
  head.rtm_family = AF_INET;
  head.rtm_dst_len = 24;
  head.rtm_table = RT_TABLE_MAIN;
  head.rtm_protocol = RTPROT_STATIC;
  head.rtm_type = RTN_UNICAST;
  return join({raw(head), attribute(RTA_TABLE, raw(1000u)),
               attribute(RTA_DST, bytes("c0 00 02 00")), attribute(RTA_PRIORITY, raw(50u)),
               attribute(RTA_PREFSRC, bytes("0a 00 00 01")),
               attribute(RTA_GATEWAY, bytes("0a 00 00 fe")), attribute(RTA_OIF, raw(3u))});
}

/// Gives one prepared datagram after the other; an empty one stands for "the kernel dropped some".
auto playing(std::vector<Datagram> datagrams) {
  return [datagrams, next = std::size_t{0}]() mutable -> std::optional<Datagram> {
    REQUIRE(next < datagrams.size());
    if (datagrams[next].empty()) return std::nullopt;
    return datagrams[next++];
  };
}

}  // namespace

TEST_CASE("a link tells its name, kind, state and numbers", "[io][netlink]") {
  const Link link = parse_link(tun_link());
  CHECK(link.index == 7);
  CHECK(link.name == "myvpn");
  CHECK(link.kind == "tun");
  CHECK(link.tun_mode == TunMode::tun);
  CHECK(link.type == 65534);
  CHECK(link.mtu == 1468);
  CHECK(link.state == OperState::up);
  CHECK(link.is_up());
  CHECK(link.has_carrier());
  CHECK_FALSE(link.mac);
  CHECK_FALSE(link.master);
}

TEST_CASE("a VLAN tells its number, its lower device and its bridge", "[io][netlink]") {
  const Link link = parse_link(join(
      {raw(ifinfomsg{}), attribute(IFLA_LINK, raw(4u)), attribute(IFLA_MASTER, raw(9u)),
       attribute(IFLA_ADDRESS, bytes("02 00 5e 00 00 01")),
       attribute(
           IFLA_LINKINFO,
           join({attribute(IFLA_INFO_KIND, text("vlan")),
                 attribute(IFLA_INFO_DATA, attribute(IFLA_VLAN_ID, raw(std::uint16_t{42})))}))}));
  CHECK(link.kind == "vlan");
  CHECK(link.vlan_id == 42);
  CHECK(link.peer == 4u);
  CHECK(link.master == 9u);
  CHECK(link.mac == MacAddress::parse("02:00:5e:00:00:01"));
}

TEST_CASE("an address is our own end of a point-to-point link", "[io][netlink]") {
  ifaddrmsg head{};
  head.ifa_prefixlen = 32;
  head.ifa_index = 5;
  const LinkAddress address =
      parse_address(join({raw(head), attribute(IFA_ADDRESS, bytes("0a 00 00 02")),
                          attribute(IFA_LOCAL, bytes("0a 00 00 01"))}));
  CHECK(address.interface == 5);
  CHECK(to_string(address.address) == "10.0.0.1/32");
  CHECK(address.peer == IpAddress::parse("10.0.0.2"));
}

TEST_CASE("a route tells its table, prefix, gateway, interface and metric", "[io][netlink]") {
  const auto routes = parse_route(ipv4_route());
  REQUIRE(routes.size() == 1);
  CHECK(to_string(routes[0].destination) == "192.0.2.0/24");
  CHECK(routes[0].table == 1000);
  CHECK(routes[0].metric == 50);
  CHECK(routes[0].interface == 3);
  CHECK(routes[0].gateway == IpAddress::parse("10.0.0.254"));
  CHECK(routes[0].preferred_source == IpAddress::parse("10.0.0.1"));
  CHECK(routes[0].protocol == RTPROT_STATIC);
  CHECK(routes[0].type == RouteType::unicast);
}

TEST_CASE("a default route has no destination attribute", "[io][netlink]") {
  rtmsg head{};
  head.rtm_family = AF_INET6;
  head.rtm_type = RTN_BLACKHOLE;
  const auto routes = parse_route(raw(head));
  REQUIRE(routes.size() == 1);
  CHECK(to_string(routes[0].destination) == "::/0");
  CHECK(routes[0].type == RouteType::blackhole);
}

TEST_CASE("a route with two next hops is two routes", "[io][netlink]") {
  const auto gateway = attribute(RTA_GATEWAY, bytes("0a 00 00 fe"));
  rtnexthop first{};
  first.rtnh_len = static_cast<std::uint16_t>(sizeof first + gateway.size());
  first.rtnh_ifindex = 3;
  rtnexthop second{};
  second.rtnh_len = sizeof second;
  second.rtnh_ifindex = 4;
  second.rtnh_flags = RTNH_F_DEAD;
  rtmsg head{};
  head.rtm_family = AF_INET;
  const auto routes = parse_route(
      join({raw(head), attribute(RTA_MULTIPATH, join({raw(first), gateway, raw(second)}))}));
  REQUIRE(routes.size() == 2);
  CHECK(routes[0].interface == 3);
  CHECK(routes[0].gateway == IpAddress::parse("10.0.0.254"));
  CHECK_FALSE(routes[0].dead);
  CHECK(routes[1].interface == 4);
  CHECK_FALSE(routes[1].gateway);
  CHECK(routes[1].dead);
}

TEST_CASE("an IPv4 route may have an IPv6 gateway", "[io][netlink]") {
  rtmsg head{};
  head.rtm_family = AF_INET;
  const auto via = join({raw(std::uint16_t{AF_INET6})});
  auto value = via;
  const auto far = bytes("20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01");
  value.insert(value.end(), far.begin(), far.end());
  const auto routes = parse_route(join({raw(head), attribute(RTA_VIA, value)}));
  REQUIRE(routes.size() == 1);
  CHECK(routes[0].gateway == IpAddress::parse("2001:db8::1"));
}

TEST_CASE("routes for certain sources or cached ones are no ways for a bare destination",
          "[io][netlink]") {
  rtmsg head{};
  head.rtm_family = AF_INET6;
  head.rtm_src_len = 64;
  CHECK(parse_route(raw(head)).empty());
  head.rtm_src_len = 0;
  head.rtm_flags = RTM_F_CLONED;
  CHECK(parse_route(raw(head)).empty());
}

TEST_CASE("a rule tells its priority, mark, table and what it suppresses", "[io][netlink]") {
  fib_rule_hdr head{};
  head.family = AF_INET;
  head.action = FR_ACT_TO_TBL;
  head.flags = FIB_RULE_INVERT;
  const RoutingRule rule = parse_rule(
      join({raw(head), attribute(FRA_PRIORITY, raw(32765u)), attribute(FRA_TABLE, raw(51820u)),
            attribute(FRA_FWMARK, raw(7u)), attribute(FRA_FWMASK, raw(0xffu)),
            attribute(FRA_SUPPRESS_PREFIXLEN, raw(0u))}));
  CHECK(rule.priority == 32765);
  CHECK(rule.table == 51820);
  CHECK(rule.mark == 7);
  CHECK(rule.mark_mask == 0xff);
  CHECK(rule.inverted);
  CHECK(rule.suppress_up_to == 0u);
  CHECK(rule.action == RuleAction::look_in_table);
  CHECK_FALSE(rule.other_condition);
}

TEST_CASE("a rule for an input interface does not fit our own packets, unless it is lo",
          "[io][netlink]") {
  const auto rule_for = [](const char* interface) {
    return parse_rule(join({raw(fib_rule_hdr{}), attribute(FRA_IIFNAME, text(interface))}));
  };
  CHECK(rule_for("eth0").other_condition);
  CHECK_FALSE(rule_for("lo").other_condition);
}

TEST_CASE("every truncation of a message is refused or is a shorter good message",
          "[io][netlink]") {
  const Datagram link = tun_link();
  for (std::size_t length = 0; length < link.size(); ++length) {
    CAPTURE(length);
    try {
      parse_link(Bytes{link}.first(length));
    } catch (const std::system_error& error) {
      CHECK(error.code().value() == EBADMSG);
    }
  }
  CHECK_THROWS_AS(parse_link(Bytes{link}.first(sizeof(ifinfomsg) - 1)), std::system_error);
  CHECK_THROWS_AS(parse_link(Bytes{link}.first(sizeof(ifinfomsg) + 3)), std::system_error);
  CHECK_THROWS_AS(parse_route(Bytes{ipv4_route()}.first(30)), std::system_error);
  CHECK_THROWS_AS(parse_address(raw(ifaddrmsg{})), std::system_error);
}

TEST_CASE("no message with a few wrong bytes leads outside of it", "[io][netlink]") {
  const auto seed = GENERATE(range(0u, 3000u));
  CAPTURE(seed);
  std::mt19937 random{seed};
  // An exact allocation: the address sanitizer sees a read behind its end.
  Datagram message = random() % 2 == 0 ? tun_link() : ipv4_route();
  message.resize(message.size() - random() % 8);
  message.shrink_to_fit();
  for (unsigned n = 0; n <= random() % 4; ++n) {
    message[random() % message.size()] = static_cast<std::uint8_t>(random());
  }
  const std::array parsers{
      +[](Bytes body) { parse_link(body); }, +[](Bytes body) { parse_address(body); },
      +[](Bytes body) { parse_route(body); }, +[](Bytes body) { parse_rule(body); }};
  for (const auto parse : parsers) {
    try {
      parse(message);
    } catch (const std::system_error& error) {
      CHECK(error.code().value() == EBADMSG);
    }
  }
}

TEST_CASE("an attribute that claims more bytes than there are is refused", "[io][netlink]") {
  Datagram claim = attribute(IFLA_IFNAME, text("myvpn"));
  claim[0] = 200;
  CHECK_THROWS_AS(Attributes{claim}, std::system_error);
  claim[0] = 3;  // less than its own header
  CHECK_THROWS_AS(Attributes{claim}, std::system_error);
}

TEST_CASE("a prefix longer than its address is refused", "[io][netlink]") {
  rtmsg head{};
  head.rtm_family = AF_INET;
  head.rtm_dst_len = 33;
  CHECK_THROWS_AS(parse_route(raw(head)), std::system_error);
}

TEST_CASE("a dump is gathered over several datagrams until the kernel is done", "[io][netlink]") {
  const auto bodies =
      collect_dump(playing({join({message(RTM_NEWLINK, NLM_F_MULTI, 1, {1, 2, 3, 4}),
                                  message(RTM_NEWLINK, NLM_F_MULTI, 1, {5})}),
                            message(RTM_NEWLINK, NLM_F_MULTI, 1, {6}),
                            message(NLMSG_DONE, NLM_F_MULTI, 1, raw(0))}),
                   1);
  CHECK(bodies == std::vector<Datagram>{{1, 2, 3, 4}, {5}, {6}});
}

TEST_CASE("an answer to another question is passed over", "[io][netlink]") {
  const auto bodies =
      collect_dump(playing({message(RTM_NEWLINK, 0, 2, {9}), message(NLMSG_DONE, 0, 2, raw(0)),
                            message(RTM_NEWLINK, 0, 1, {1}), message(NLMSG_DONE, 0, 1, raw(0))}),
                   1);
  CHECK(bodies == std::vector<Datagram>{{1}});
}

TEST_CASE("a dump during which the tables changed is no snapshot", "[io][netlink]") {
  CHECK_FALSE(collect_dump(
      playing({message(RTM_NEWLINK, NLM_F_DUMP_INTR, 1, {1}), message(NLMSG_DONE, 0, 1, raw(0))}),
      1));
  CHECK_FALSE(collect_dump(
      playing({message(RTM_NEWLINK, 0, 1, {1}), message(NLMSG_DONE, NLM_F_DUMP_INTR, 1, raw(0))}),
      1));
}

TEST_CASE("a dump of which the kernel dropped a part is no snapshot", "[io][netlink]") {
  CHECK_FALSE(collect_dump(playing({message(RTM_NEWLINK, 0, 1, {1}), {}}), 1));
}

TEST_CASE("an error of the kernel is thrown with its own number", "[io][netlink]") {
  const auto refuse = [](unsigned type) {
    return collect_dump(playing({message(type, 0, 1, raw(-EPERM))}), 1);
  };
  const unsigned type = GENERATE(unsigned{NLMSG_ERROR}, unsigned{NLMSG_DONE});
  try {
    refuse(type);
    FAIL("no exception");
  } catch (const std::system_error& error) {
    CHECK(error.code().value() == EPERM);
  }
}

TEST_CASE("a message longer than its datagram is refused", "[io][netlink]") {
  Datagram cut = message(RTM_NEWLINK, 0, 1, {1, 2, 3, 4});
  cut.pop_back();
  CHECK_THROWS_AS(collect_dump(playing({cut}), 1), std::system_error);
}
