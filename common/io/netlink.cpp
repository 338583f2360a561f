#include "io/netlink.hpp"

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <chrono>
#include <thread>

#include "io/file_descriptor.hpp"
#include "io/netlink_message.hpp"

namespace culvert::io {
namespace {

constexpr std::uint32_t sequence = 1;  // one question per socket
constexpr std::array<unsigned char, 2> families{AF_INET, AF_INET6};
// Tables may change while they are read; for ever they hardly do. The pause lets whoever changes them come to an end.
constexpr auto patience = std::chrono::seconds{5};
constexpr auto pause = std::chrono::milliseconds{2};

void ask(const FileDescriptor& socket, std::uint16_t type, unsigned char family) {
  struct {
    nlmsghdr head;
    // The longest header of the four questions; its family is the first byte, as in the other three.
    ifinfomsg body;
  } question{};
  question.head.nlmsg_len = sizeof question;
  question.head.nlmsg_type = type;
  question.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  question.head.nlmsg_seq = sequence;
  question.body.ifi_family = family;
  checked(static_cast<int>(::send(socket.get(), &question, sizeof question, 0)),
          "send an rtnetlink question");
}

/// The next datagram, whatever its length; nullopt if the kernel had to drop some because we were slow.
std::optional<Datagram> receive(const FileDescriptor& socket) {
  constexpr auto doing = "receive an rtnetlink answer";
  const auto length = ::recv(socket.get(), nullptr, 0, MSG_PEEK | MSG_TRUNC);
  if (length < 0 && errno == ENOBUFS) return std::nullopt;
  Datagram datagram(static_cast<std::size_t>(checked(static_cast<int>(length), doing)));
  checked(static_cast<int>(::recv(socket.get(), datagram.data(), datagram.size(), 0)), doing);
  return datagram;
}

/// Every message that answers `type` (RTM_GETLINK, ...), as one consistent snapshot.
std::vector<Datagram> dump(std::uint16_t type, unsigned char family) {
  const auto give_up = std::chrono::steady_clock::now() + patience;
  do {
    const FileDescriptor socket{checked(
        ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), "open an rtnetlink socket")};
    const timeval answer_time{.tv_sec = 5, .tv_usec = 0};  // the kernel answers at once, or never
    checked(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &answer_time, sizeof answer_time),
            "limit the wait for rtnetlink");
    ask(socket, type, family);
    if (auto bodies = collect_dump([&] { return receive(socket); }, sequence)) return *bodies;
    std::this_thread::sleep_for(pause);
  } while (std::chrono::steady_clock::now() < give_up);
  throw std::system_error(EAGAIN, std::generic_category(),
                          "rtnetlink dump: the tables change faster than they can be read");
}

}  // namespace

bool Link::is_loopback() const { return (flags & IFF_LOOPBACK) != 0; }
bool Link::is_up() const { return (flags & IFF_UP) != 0; }
bool Link::has_carrier() const { return (flags & IFF_RUNNING) != 0; }

std::vector<Link> links() {
  std::vector<Link> links;
  for (const Datagram& body : dump(RTM_GETLINK, AF_UNSPEC)) links.push_back(parse_link(body));
  return links;
}

std::vector<LinkAddress> addresses() {
  std::vector<LinkAddress> addresses;
  for (const auto family : families) {
    for (const Datagram& body : dump(RTM_GETADDR, family)) addresses.push_back(parse_address(body));
  }
  return addresses;
}

std::vector<Route> routes() {
  std::vector<Route> routes;
  for (const auto family : families) {
    for (const Datagram& body : dump(RTM_GETROUTE, family)) {
      const auto parsed = parse_route(body);
      routes.insert(routes.end(), parsed.begin(), parsed.end());
    }
  }
  return routes;
}

std::vector<RoutingRule> rules() {
  std::vector<RoutingRule> rules;
  for (const auto family : families) {
    for (const Datagram& body : dump(RTM_GETRULE, family)) rules.push_back(parse_rule(body));
  }
  return rules;
}

}  // namespace culvert::io
