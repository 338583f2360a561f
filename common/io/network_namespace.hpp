// The network that this process lives in: which one it is, what its interfaces are like, and a name to hold in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/prefix.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {

/// A number that belongs to this network namespace alone until the machine is switched off.
std::string network_namespace_id();

/// Holds `name` in this network namespace until the descriptor is closed or the process dies in whatever way; none if
/// somebody else holds it. (It is an abstract Unix socket: no file that a crash could leave behind.)
std::optional<FileDescriptor> hold_name(const std::string& name);

struct InterfaceState {
  bool up = false;
  std::size_t mtu = 0;
  std::vector<InterfaceAddress> addresses;
};

/// Throws if there is no interface of that name.
InterfaceState interface_state(const std::string& name);

}  // namespace culvert::io
