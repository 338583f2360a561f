// InputName: what -i and -r take: [LABEL=][NETNS/]DEVICE or [LABEL=]FILE.
#pragma once

#include <string>

namespace culvert::tundump {

struct InputName {
  std::string label;       // empty: none
  std::string name_space;  // of a device: a name that `ip netns` knows; empty: ours
  std::string name;        // of the device or file
};

/// The part before the first '=' is a label, unless a file of the whole name exists.
InputName parse_file_name(const std::string& text);
InputName parse_device_name(const std::string& text);

/// For messages and JSON: "client/eth0", "wire.pcap", "standard input".
std::string full_name(const InputName& input);

}  // namespace culvert::tundump
