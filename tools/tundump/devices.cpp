#include "devices.hpp"

#include <fmt/format.h>

#include <iterator>

#include "capture/live.hpp"
#include "cli/run_program.hpp"
#include "input_name.hpp"
#include "name_space.hpp"

namespace culvert::tundump {
namespace {

std::string kind_of(const capture::Device& device) {
  if (device.tun) return "TUN, raw IP";
  if (device.loopback) return "loopback";
  return device.name == "any" ? "all devices, Linux cooked" : "Ethernet";
}

}  // namespace

std::string only_tun_device() {
  std::vector<std::string> tuns;
  std::vector<std::string> all;
  for (const capture::Device& device : capture::devices()) {
    if (device.tun && device.up) tuns.push_back(device.name);
    all.push_back(device.name + (device.tun ? " (TUN)" : ""));
  }
  if (tuns.size() == 1) return tuns[0];
  throw cli::UsageError(
      fmt::format("{} TUN device is up: name a device with -i, or a file with -r. Devices here: {}",
                  tuns.empty() ? "no" : "more than one", fmt::join(all, ", ")));
}

std::string kind_of_device(const std::string& name) {
  for (const capture::Device& device : capture::devices()) {
    if (device.name == name) return kind_of(device);
  }
  return "device";
}

std::string list_of_devices() {
  std::string out;
  int number = 0;
  for (const capture::Device& device : capture::devices()) {
    fmt::format_to(std::back_inserter(out), "{}.{}  {}, {}{}{}\n", ++number, device.name,
                   kind_of(device), device.up ? "up" : "down", device.addresses.empty() ? "" : ", ",
                   fmt::join(device.addresses, " "));
  }
  return out;
}

std::string list_of_link_types(const Options& options) {
  const std::string device = options.devices.empty() ? only_tun_device() : options.devices[0];
  const InputName name = parse_device_name(device);
  const NameSpaceVisit visit{name.name_space};
  const auto live = capture::LiveCapture::open(name.name, {});
  if (!live) throw std::runtime_error(live.error());
  std::string out = fmt::format("link types of {} (choose one with -y):\n", device);
  for (const std::uint16_t each : live->link_types())
    out += "  " + capture::describe_link_type(each) + "\n";
  return out;
}

}  // namespace culvert::tundump
