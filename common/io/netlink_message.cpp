#include "io/netlink_message.hpp"

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <system_error>

namespace culvert::io {
namespace {

[[noreturn]] void malformed(const char* what) {
  throw std::system_error(EBADMSG, std::generic_category(), what);
}

/// The first bytes as a kernel structure or number: copied, so that no alignment is assumed.
template <class T>
T leading(Bytes bytes, const char* what) {
  if (bytes.size() < sizeof(T)) malformed(what);
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

constexpr std::size_t padded(std::size_t length) { return (length + 3) & ~std::size_t{3}; }

/// The bytes behind a part of `length` bytes and its padding; the last part may come without padding.
Bytes behind(Bytes bytes, std::size_t length) {
  return bytes.subspan(std::min(padded(length), bytes.size()));
}

template <class T>
std::optional<T> number(const std::optional<Bytes>& value) {
  if (!value) return std::nullopt;
  return leading<T>(*value, "rtnetlink: attribute too short for its number");
}

std::optional<IpAddress> to_address(Bytes bytes) {
  if (bytes.size() == Ipv4Address::size) return Ipv4Address{bytes.first<4>()};
  if (bytes.size() == Ipv6Address::size) return Ipv6Address{bytes.first<16>()};
  return std::nullopt;
}

IpAddress unspecified(int family) {
  return family == AF_INET6 ? IpAddress{Ipv6Address{}} : IpAddress{Ipv4Address{}};
}

/// The prefix that begins with `address` (absent: zeros) and is `length` bits long.
Prefix to_prefix(const std::optional<IpAddress>& address, int family, unsigned length) {
  const IpAddress network = address.value_or(unspecified(family));
  if (length > network.bits()) malformed("rtnetlink: prefix longer than its address");
  return Prefix{network, length};
}

RouteType to_route_type(unsigned char type) {
  switch (type) {
    case RTN_UNICAST:
      return RouteType::unicast;
    case RTN_LOCAL:
      return RouteType::local;
    case RTN_BROADCAST:
      return RouteType::broadcast;
    case RTN_ANYCAST:
      return RouteType::anycast;
    case RTN_MULTICAST:
      return RouteType::multicast;
    case RTN_BLACKHOLE:
      return RouteType::blackhole;
    case RTN_UNREACHABLE:
      return RouteType::unreachable;
    case RTN_PROHIBIT:
      return RouteType::prohibit;
    case RTN_THROW:
      return RouteType::throw_back;
    default:
      return RouteType::other;
  }
}

RuleAction to_rule_action(unsigned char action) {
  switch (action) {
    case FR_ACT_TO_TBL:
      return RuleAction::look_in_table;
    case FR_ACT_BLACKHOLE:
      return RuleAction::blackhole;
    case FR_ACT_UNREACHABLE:
      return RuleAction::unreachable;
    case FR_ACT_PROHIBIT:
      return RuleAction::prohibit;
    default:
      return RuleAction::other;
  }
}

/// RTA_GATEWAY, or RTA_VIA: an IPv4 route whose gateway has an IPv6 address (two bytes of family, then the address).
std::optional<IpAddress> gateway_of(const Attributes& attributes) {
  if (const auto gateway = attributes.address(RTA_GATEWAY)) return gateway;
  const auto via = attributes.bytes(RTA_VIA);
  return via && via->size() > 2 ? to_address(via->subspan(2)) : std::nullopt;
}

/// A route with several next hops lists them as structures, each with attributes of its own.
std::vector<Route> one_for_each_next_hop(const Route& common, Bytes hops) {
  constexpr auto what = "rtnetlink: next hop";
  std::vector<Route> routes;
  while (!hops.empty()) {
    const auto hop = leading<rtnexthop>(hops, what);
    if (hop.rtnh_len < sizeof hop || hop.rtnh_len > hops.size()) malformed(what);
    Route route = common;
    route.interface = static_cast<std::uint32_t>(hop.rtnh_ifindex);
    route.dead = (hop.rtnh_flags & RTNH_F_DEAD) != 0;
    route.gateway = gateway_of(Attributes{hops.first(hop.rtnh_len).subspan(sizeof hop)});
    routes.push_back(route);
    hops = behind(hops, hop.rtnh_len);
  }
  return routes;
}

}  // namespace

Attributes::Attributes(Bytes bytes) {
  constexpr auto what = "rtnetlink: attribute";
  while (!bytes.empty()) {
    const auto head = leading<nlattr>(bytes, what);
    if (head.nla_len < sizeof head || head.nla_len > bytes.size()) malformed(what);
    const auto type = head.nla_type & static_cast<unsigned>(NLA_TYPE_MASK);  // without its flags
    values_[type] = bytes.first(head.nla_len).subspan(sizeof head);
    bytes = behind(bytes, head.nla_len);
  }
}

std::optional<Bytes> Attributes::bytes(unsigned type) const {
  const auto found = values_.find(type);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint8_t> Attributes::u8(unsigned type) const {
  return number<std::uint8_t>(bytes(type));
}
std::optional<std::uint16_t> Attributes::u16(unsigned type) const {
  return number<std::uint16_t>(bytes(type));
}
std::optional<std::uint32_t> Attributes::u32(unsigned type) const {
  return number<std::uint32_t>(bytes(type));
}

std::optional<IpAddress> Attributes::address(unsigned type) const {
  const auto value = bytes(type);
  return value ? to_address(*value) : std::nullopt;
}

std::string Attributes::text(unsigned type) const {
  const Bytes value = bytes(type).value_or(Bytes{});
  const std::string all(value.begin(), value.end());
  return all.substr(0, all.find('\0'));
}

Attributes Attributes::nested(unsigned type) const {
  return Attributes{bytes(type).value_or(Bytes{})};
}

Link parse_link(Bytes body) {
  const auto head = leading<ifinfomsg>(body, "rtnetlink: link");
  const Attributes attributes{behind(body, sizeof head)};
  const Attributes info = attributes.nested(IFLA_LINKINFO);

  Link link;
  link.index = static_cast<std::uint32_t>(head.ifi_index);
  link.type = head.ifi_type;
  link.flags = head.ifi_flags;
  link.name = attributes.text(IFLA_IFNAME);
  link.kind = info.text(IFLA_INFO_KIND);
  link.state = static_cast<OperState>(attributes.u8(IFLA_OPERSTATE).value_or(0));
  link.mtu = attributes.u32(IFLA_MTU).value_or(0);
  link.master = attributes.u32(IFLA_MASTER);
  link.peer = attributes.u32(IFLA_LINK);
  const auto mac = attributes.bytes(IFLA_ADDRESS);
  if (mac && mac->size() == 6) link.mac = MacAddress{mac->first<6>()};

  if (link.kind == "vlan") link.vlan_id = info.nested(IFLA_INFO_DATA).u16(IFLA_VLAN_ID);
  if (link.kind == "tun") {
    const auto mode = info.nested(IFLA_INFO_DATA).u8(IFLA_TUN_TYPE);
    if (mode == IFF_TUN) link.tun_mode = TunMode::tun;
    if (mode == IFF_TAP) link.tun_mode = TunMode::tap;
  }
  return link;
}

LinkAddress parse_address(Bytes body) {
  const auto head = leading<ifaddrmsg>(body, "rtnetlink: address");
  const Attributes attributes{behind(body, sizeof head)};
  // On a point-to-point link IFA_ADDRESS is the far end and IFA_LOCAL our own; elsewhere IPv6 sends only the former.
  const auto far = attributes.address(IFA_ADDRESS);
  const auto own = attributes.address(IFA_LOCAL);
  if (!own && !far) malformed("rtnetlink: address message without an address");

  LinkAddress address;
  address.interface = head.ifa_index;
  address.scope = head.ifa_scope;
  address.address = {own ? *own : *far, head.ifa_prefixlen};
  if (own && far && *own != *far) address.peer = far;
  return address;
}

std::vector<Route> parse_route(Bytes body) {
  const auto head = leading<rtmsg>(body, "rtnetlink: route");
  const bool known_family = head.rtm_family == AF_INET || head.rtm_family == AF_INET6;
  const bool cached = (head.rtm_flags & RTM_F_CLONED) != 0;
  // A route for certain sources only, or for a type of service, is no answer to "where does a packet to X go?"
  if (!known_family || cached || head.rtm_src_len != 0 || head.rtm_tos != 0) return {};

  const Attributes attributes{behind(body, sizeof head)};
  Route route{to_prefix(attributes.address(RTA_DST), head.rtm_family, head.rtm_dst_len)};
  route.type = to_route_type(head.rtm_type);
  route.table = attributes.u32(RTA_TABLE).value_or(head.rtm_table);
  route.metric = attributes.u32(RTA_PRIORITY).value_or(0);
  route.interface = attributes.u32(RTA_OIF).value_or(0);
  route.gateway = gateway_of(attributes);
  route.preferred_source = attributes.address(RTA_PREFSRC);
  route.scope = head.rtm_scope;
  route.protocol = head.rtm_protocol;
  route.dead = (head.rtm_flags & RTNH_F_DEAD) != 0;

  const auto hops = attributes.bytes(RTA_MULTIPATH);
  return hops ? one_for_each_next_hop(route, *hops) : std::vector{route};
}

RoutingRule parse_rule(Bytes body) {
  const auto head = leading<fib_rule_hdr>(body, "rtnetlink: rule");
  const Attributes attributes{behind(body, sizeof head)};

  RoutingRule rule;
  rule.is_v6 = head.family == AF_INET6;
  rule.priority = attributes.u32(FRA_PRIORITY).value_or(0);
  rule.action = to_rule_action(head.action);
  rule.table = attributes.u32(FRA_TABLE).value_or(head.table);
  rule.inverted = (head.flags & FIB_RULE_INVERT) != 0;
  if (head.dst_len != 0) {
    rule.destination = to_prefix(attributes.address(FRA_DST), head.family, head.dst_len);
  }
  rule.mark = attributes.u32(FRA_FWMARK).value_or(0);
  rule.mark_mask = attributes.u32(FRA_FWMASK).value_or(0);

  // Our own packets seem to come in by lo; any other condition is one that a bare destination does not meet.
  rule.other_condition = head.src_len != 0 || head.tos != 0;
  if (attributes.bytes(FRA_IIFNAME)) rule.other_condition |= attributes.text(FRA_IIFNAME) != "lo";
  for (const unsigned condition :
       {FRA_OIFNAME, FRA_TUN_ID, FRA_L3MDEV, FRA_UID_RANGE, FRA_SPORT_RANGE, FRA_DPORT_RANGE}) {
    if (attributes.bytes(condition)) rule.other_condition = true;
  }
  if (attributes.u8(FRA_IP_PROTO).value_or(0) != 0) rule.other_condition = true;

  const auto suppress = attributes.u32(FRA_SUPPRESS_PREFIXLEN);
  if (suppress && *suppress <= 128) rule.suppress_up_to = *suppress;  // all ones: no such wish
  return rule;
}

std::optional<std::vector<Datagram>> collect_dump(
    const std::function<std::optional<Datagram>()>& receive, std::uint32_t sequence) {
  constexpr auto what = "rtnetlink: message";
  std::vector<Datagram> bodies;
  bool consistent = true;
  while (const auto datagram = receive()) {
    for (Bytes rest = *datagram; !rest.empty();) {
      const auto head = leading<nlmsghdr>(rest, what);
      if (head.nlmsg_len < sizeof head || head.nlmsg_len > rest.size()) malformed(what);
      const Bytes body = rest.first(head.nlmsg_len).subspan(sizeof head);
      rest = behind(rest, head.nlmsg_len);

      if (head.nlmsg_seq != sequence) continue;  // an answer to somebody else's question
      if ((head.nlmsg_flags & NLM_F_DUMP_INTR) != 0) consistent = false;
      if (head.nlmsg_type == NLMSG_ERROR || head.nlmsg_type == NLMSG_DONE) {
        // Both carry a negative errno; a DONE without one, or with 0, is the good end.
        const int error = body.size() < sizeof(int) ? 0 : leading<int>(body, what);
        if (error < 0) throw std::system_error(-error, std::generic_category(), "rtnetlink dump");
        if (!consistent) return std::nullopt;
        return bodies;
      }
      if (head.nlmsg_type >= NLMSG_MIN_TYPE) bodies.emplace_back(body.begin(), body.end());
    }
  }
  return std::nullopt;
}

}  // namespace culvert::io
