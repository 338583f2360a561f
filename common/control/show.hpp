// A device's state as text for people (`culvert show`, after the example of `wg show`) and as JSON for programs. Neither
// shows a secret.
#pragma once

#include "control/device.hpp"

namespace culvert::control {

struct NamedStatus {
  std::string name;  // of the interface
  DeviceStatus status;
};

/// `now` is what a handshake's age is measured by.
std::string show(const NamedStatus& device, WallTime now);

/// One object: interface, public_key, listen_port, fwmark, peers, drops.
std::string show_json(const NamedStatus& device);

/// "1 minute, 3 seconds"
std::string in_words(std::chrono::seconds duration);

/// "1.46 KiB"
std::string bytes_in_words(std::uint64_t bytes);

}  // namespace culvert::control
