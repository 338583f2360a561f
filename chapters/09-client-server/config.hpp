// The configuration file of a tunnel, found and read: the interface's name is the file's.
#pragma once

#include "control/config_file.hpp"

namespace culvert::program {

struct Config {
  std::string name;  // of the interface
  control::ConfigFile file;
  control::DeviceChange device;  // the same as a change, with every endpoint looked up
  std::vector<Endpoint> endpoints{};
};

/// "myvpn.conf", "/some/where/myvpn.conf", or "myvpn" for /etc/culvert/myvpn.conf or /etc/wireguard/myvpn.conf. Throws with
/// all mistakes of the file, a line each. Warns of a private key that everybody may read.
Config load_config(const std::string& name_or_path);

/// "myvpn" for all of these.
std::string interface_of(const std::string& name_or_path);

}  // namespace culvert::program
