// NetworkWatch: becomes readable when this machine's addresses, routes or rules change, as when a laptop goes from one
// network to another; leaving_interface() then asks what that means for one destination. rtnetlink(7).
#pragma once

#include <cstdint>
#include <optional>

#include "base/ip_address.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {

class NetworkWatch {
 public:
  NetworkWatch();
  int fd() const { return fd_.get(); }
  /// Takes note of what has happened, so that only news wake us again.
  void drain();

 private:
  FileDescriptor fd_;
};

/// The number of the interface by which a packet from `from` to `to` leaves, if it carries that mark; none if it cannot
/// leave, or `from` is not our address.
std::optional<std::uint32_t> leaving_interface(const IpAddress& from, const IpAddress& to,
                                               std::uint32_t mark = 0);

}  // namespace culvert::io
