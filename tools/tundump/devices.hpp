// Devices: the ones that there are, in words.
#pragma once

#include <string>

#include "options.hpp"

namespace culvert::tundump {

/// Without -i: the only TUN device that is up. We never guess among several: throws cli::UsageError with the choices.
std::string only_tun_device();

/// "TUN, raw IP", "loopback", "Ethernet".
std::string kind_of_device(const std::string& name);

/// What -D prints.
std::string list_of_devices();
/// What -L prints, for the device of -i or the only TUN device.
std::string list_of_link_types(const Options& options);

}  // namespace culvert::tundump
