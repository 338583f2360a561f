#include "io/network_namespace.hpp"

#include <fmt/format.h>
#include <ifaddrs.h>
#include <linux/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <bit>
#include <cstring>
#include <memory>

#include "io/failure.hpp"
#include "io/socket_address.hpp"

namespace culvert::io {
namespace {

FileDescriptor any_socket() {
  return FileDescriptor{checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a socket")};
}

IpAddress address_of(const sockaddr* from, socklen_t size) {
  SocketAddress address;
  std::memcpy(&address.storage, from, size);
  address.size = size;
  return to_endpoint(address).address;
}

unsigned ones(Bytes mask) {
  unsigned count = 0;
  for (const std::uint8_t byte : mask) count += static_cast<unsigned>(std::popcount(byte));
  return count;
}

std::vector<InterfaceAddress> addresses_of(const std::string& name) {
  ifaddrs* list = nullptr;
  checked(::getifaddrs(&list), "list the addresses");
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner{list, ::freeifaddrs};
  std::vector<InterfaceAddress> addresses;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_netmask == nullptr || name != entry->ifa_name)
      continue;
    const int family = entry->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    const socklen_t size = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    addresses.push_back(
        {address_of(entry->ifa_addr, size), ones(address_of(entry->ifa_netmask, size).bytes())});
  }
  return addresses;
}

}  // namespace

std::string network_namespace_id() {
  std::uint64_t cookie = 0;
  socklen_t size = sizeof cookie;
  const FileDescriptor socket = any_socket();
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &size) == 0)
    return fmt::format("{}", cookie);
  // Before Linux 5.14 there is only the inode's number, which the kernel may give to a later namespace again.
  struct stat status {};
  checked(::stat("/proc/self/ns/net", &status), "look at /proc/self/ns/net");
  return fmt::format("i{}", status.st_ino);
}

std::optional<FileDescriptor> hold_name(const std::string& name) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.size() >= sizeof address.sun_path)
    throw std::invalid_argument("name too long to hold: " + name);
  std::memcpy(address.sun_path + 1, name.data(),
              name.size());  // the leading zero byte makes it abstract
  FileDescriptor socket{
      checked(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a Unix socket")};
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0) return socket;
  if (errno == EADDRINUSE) return std::nullopt;
  fail("hold the name " + name);
}

InterfaceState interface_state(const std::string& name) {
  ifreq request{};
  if (name.size() >= sizeof request.ifr_name)
    throw std::invalid_argument("interface name too long: " + name);
  std::memcpy(request.ifr_name, name.data(), name.size());
  const FileDescriptor socket = any_socket();
  const std::string doing = "look at the interface " + name;
  InterfaceState state;
  checked(::ioctl(socket.get(), SIOCGIFFLAGS, &request), doing.c_str());
  state.up = (request.ifr_flags & IFF_UP) != 0;
  checked(::ioctl(socket.get(), SIOCGIFMTU, &request), doing.c_str());
  state.mtu = static_cast<std::size_t>(request.ifr_mtu);
  state.addresses = addresses_of(name);
  return state;
}

}  // namespace culvert::io
