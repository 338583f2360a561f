#include "capture/live.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string_view>

namespace culvert::capture {
namespace {

/// What the driver of a device says of itself; "tun" is that of TUN and TAP devices. Unlike /sys/class/net, this asks the
/// network namespace that we are in.
bool is_tun(const std::string& name) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  ethtool_drvinfo info{};
  info.cmd = ETHTOOL_GDRVINFO;
  ifreq request{};
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  request.ifr_data = reinterpret_cast<char*>(&info);
  const bool answered = ::ioctl(fd, SIOCETHTOOL, &request) == 0;
  ::close(fd);
  return answered && std::string_view{info.driver} == "tun" &&
         std::string_view{info.bus_info} == "tun";
}

std::string address_text(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.sa_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
  } else if (address.sa_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
  }
  return text;
}

std::string list_of_devices() {
  std::string text;
  for (const Device& device : devices()) {
    if (!text.empty()) text += ", ";
    text += device.name;
    if (device.tun) text += " (TUN)";
  }
  return text;
}

bool exists(const std::string& name) {
  for (const Device& device : devices()) {
    if (device.name == name) return true;
  }
  return false;
}

}  // namespace

std::vector<Device> devices() {
  char error[PCAP_ERRBUF_SIZE] = "";
  pcap_if_t* list = nullptr;
  if (pcap_findalldevs(&list, error) != 0)
    throw std::runtime_error(fmt::format("list devices: {}", error));
  std::vector<Device> result;
  for (const pcap_if_t* each = list; each != nullptr; each = each->next) {
    // libpcap also offers USB, Bluetooth and netfilter logs; here only network devices and `any` carry packets.
    const std::string name = each->name;
    if (name != "any" && ::if_nametoindex(name.c_str()) == 0) continue;
    Device device{.name = name,
                  .description = each->description != nullptr ? each->description : "",
                  .addresses = {},
                  .up = (each->flags & PCAP_IF_UP) != 0,
                  .loopback = (each->flags & PCAP_IF_LOOPBACK) != 0,
                  .tun = is_tun(name)};
    for (const pcap_addr* address = each->addresses; address != nullptr; address = address->next) {
      if (address->addr == nullptr) continue;
      if (const std::string text = address_text(*address->addr); !text.empty())
        device.addresses.push_back(text);
    }
    result.push_back(std::move(device));
  }
  pcap_freealldevs(list);
  return result;
}

void LiveCapture::Close::operator()(pcap* handle) const { pcap_close(handle); }

Result<LiveCapture, std::string> LiveCapture::open(const std::string& device,
                                                   const LiveOptions& options) {
  if (!exists(device)) {
    return failure(fmt::format("{}: no such device. Devices here: {}", device, list_of_devices()));
  }
  char error[PCAP_ERRBUF_SIZE] = "";
  std::unique_ptr<pcap, Close> handle{pcap_create(device.c_str(), error)};
  if (handle == nullptr) return failure(fmt::format("{}: {}", device, error));
  pcap_set_snaplen(handle.get(), static_cast<int>(options.snap_length));
  pcap_set_promisc(handle.get(), options.promiscuous ? 1 : 0);
  pcap_set_immediate_mode(handle.get(), options.immediate ? 1 : 0);
  pcap_set_timeout(handle.get(), 100);

  const int status = pcap_activate(handle.get());
  if (status == PCAP_ERROR_PERM_DENIED) {
    return failure(
        fmt::format("{}: capturing needs CAP_NET_RAW: run as root, or once: "
                    "setcap cap_net_raw+ep PROGRAM",
                    device));
  }
  if (status == PCAP_ERROR_IFACE_NOT_UP) {
    return failure(fmt::format("{}: the device is down (ip link set {} up)", device, device));
  }
  if (status < 0) return failure(fmt::format("{}: {}", device, pcap_geterr(handle.get())));
  if (pcap_setnonblock(handle.get(), 1, error) != 0)
    return failure(fmt::format("{}: {}", device, error));
  return LiveCapture{std::move(handle)};
}

std::uint16_t LiveCapture::link_type() const { return from_dlt(pcap_datalink(handle_.get())); }

void LiveCapture::set_filter(const Filter& filter) {
  if (pcap_setfilter(handle_.get(), filter.program()) != 0) {
    throw std::runtime_error(fmt::format("set filter: {}", pcap_geterr(handle_.get())));
  }
}

LiveCapture::Wait LiveCapture::fetch() {
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  const int status = pcap_next_ex(handle_.get(), &header, &data);
  if (status < 0) return Wait::gone;
  if (status == 0) return Wait::nothing;
  const auto time =
      std::chrono::seconds{header->ts.tv_sec} + std::chrono::microseconds{header->ts.tv_usec};
  packet_ = CapturedPacket{.bytes = {data, header->caplen},
                           .wire_length = header->len,
                           .time = WallTime{time},
                           .link_type = link_type()};
  return Wait::packet;
}

LiveCapture::Wait LiveCapture::wait(int timeout_ms) {
  if (const Wait first = fetch(); first != Wait::nothing) return first;
  pollfd fd{.fd = pcap_get_selectable_fd(handle_.get()), .events = POLLIN, .revents = 0};
  const int ready = ::poll(&fd, 1, timeout_ms);
  if (ready < 0) return errno == EINTR ? Wait::interrupted : Wait::gone;
  return fetch();
}

LiveStatistics LiveCapture::statistics() const {
  pcap_stat stat{};
  if (pcap_stats(handle_.get(), &stat) != 0) return {};
  return {stat.ps_recv, stat.ps_drop};
}

}  // namespace culvert::capture
