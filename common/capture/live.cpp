#include "capture/live.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
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

std::string our_own_path() {
  std::error_code none;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", none);
  return path.empty() ? "PROGRAM" : path.string();
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

pcap_direction_t to_pcap(Direction direction) {
  if (direction == Direction::both) return PCAP_D_INOUT;
  return direction == Direction::in ? PCAP_D_IN : PCAP_D_OUT;
}

/// A cooked header says where the packet goes: packet type 4 is "sent by us". Other headers do not tell.
Direction cooked_direction(const CapturedPacket& packet) {
  const bool v1 = packet.link_type == 113 && packet.bytes.size() >= 2;
  const bool v2 = packet.link_type == 276 && packet.bytes.size() >= 11;
  if (!v1 && !v2) return Direction::both;
  return packet.bytes[v1 ? 1 : 10] == 4 ? Direction::out : Direction::in;
}

}  // namespace

std::string link_type_name(std::uint16_t link_type) {
  const char* name = pcap_datalink_val_to_name(to_dlt(link_type));
  return name != nullptr ? name : fmt::format("{}", link_type);
}

std::string describe_link_type(std::uint16_t link_type) {
  const char* description = pcap_datalink_val_to_description(to_dlt(link_type));
  return description == nullptr ? link_type_name(link_type)
                                : fmt::format("{} ({})", link_type_name(link_type), description);
}

std::optional<std::uint16_t> link_type_by_name(const std::string& name) {
  const int dlt = pcap_datalink_name_to_val(name.c_str());
  return dlt < 0 ? std::nullopt : std::optional{from_dlt(dlt)};
}

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
  LiveCapture capture{std::unique_ptr<pcap, Close>{pcap_create(device.c_str(), error)}};
  pcap* handle = capture.handle_.get();
  if (handle == nullptr) return failure(fmt::format("{}: {}", device, error));
  pcap_set_snaplen(handle, static_cast<int>(options.snap_length));
  pcap_set_promisc(handle, options.promiscuous ? 1 : 0);
  pcap_set_immediate_mode(handle, options.immediate ? 1 : 0);
  pcap_set_timeout(handle, 100);
  if (options.buffer_kib > 0)
    pcap_set_buffer_size(handle, static_cast<int>(options.buffer_kib * 1024));

  if (auto complaint = activate(handle, device)) return failure(std::move(*complaint));
  if (options.link_type) {
    if (auto complaint = choose_link_type(capture, device, *options.link_type))
      return failure(std::move(*complaint));
  }
  if (pcap_setdirection(handle, to_pcap(options.direction)) != 0 ||
      pcap_setnonblock(handle, 1, error) != 0)
    return failure(fmt::format("{}: {}", device, pcap_geterr(handle)));
  capture.device_ = device;
  capture.direction_ = options.direction;
  return capture;
}

std::optional<std::string> LiveCapture::activate(pcap* handle, const std::string& device) {
  const int status = pcap_activate(handle);
  if (status >= 0) return std::nullopt;
  if (status == PCAP_ERROR_PERM_DENIED) {
    return fmt::format(
        "{}: capturing needs CAP_NET_RAW: run as root, or once: setcap cap_net_raw+ep {}", device,
        our_own_path());
  }
  if (status == PCAP_ERROR_IFACE_NOT_UP)
    return fmt::format("{}: the device is down (ip link set {} up)", device, device);
  return fmt::format("{}: {}", device, pcap_geterr(handle));
}

std::optional<std::string> LiveCapture::choose_link_type(const LiveCapture& capture,
                                                         const std::string& device,
                                                         const std::string& name) {
  const auto wanted = link_type_by_name(name);
  std::string offered;
  for (const std::uint16_t each : capture.link_types()) {
    if (each == wanted) {
      pcap_set_datalink(capture.handle_.get(), to_dlt(each));
      return std::nullopt;
    }
    offered += (offered.empty() ? "" : ", ") + link_type_name(each);
  }
  return fmt::format("{}: no link type {} here; there is {}", device, name, offered);
}

std::uint16_t LiveCapture::link_type() const { return from_dlt(pcap_datalink(handle_.get())); }

std::vector<std::uint16_t> LiveCapture::link_types() const {
  int* list = nullptr;
  const int count = pcap_list_datalinks(handle_.get(), &list);
  std::vector<std::uint16_t> types;
  for (int i = 0; i < count; ++i) types.push_back(from_dlt(list[i]));
  pcap_free_datalinks(list);
  return types;
}

void LiveCapture::set_filter(const Filter& filter) {
  if (pcap_setfilter(handle_.get(), filter.program()) != 0) {
    throw std::runtime_error(fmt::format("set filter: {}", pcap_geterr(handle_.get())));
  }
}

LiveCapture::Fetch LiveCapture::fetch() {
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  const int status = pcap_next_ex(handle_.get(), &header, &data);
  if (status < 0) return Fetch::gone;
  if (status == 0) return Fetch::nothing;
  const auto time =
      std::chrono::seconds{header->ts.tv_sec} + std::chrono::microseconds{header->ts.tv_usec};
  packet_ = CapturedPacket{.bytes = {data, header->caplen},
                           .wire_length = header->len,
                           .time = WallTime{time},
                           .link_type = link_type(),
                           .direction = direction_,
                           .device = device_};
  if (direction_ == Direction::both) packet_.direction = cooked_direction(packet_);
  return Fetch::packet;
}

int LiveCapture::descriptor() const { return pcap_get_selectable_fd(handle_.get()); }

LiveStatistics LiveCapture::statistics() const {
  pcap_stat stat{};
  if (pcap_stats(handle_.get(), &stat) != 0) return {};
  return {stat.ps_recv, stat.ps_drop};
}

}  // namespace culvert::capture
