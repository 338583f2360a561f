// TunDevice: the program's end of a virtual interface. What the kernel routes into the interface comes out of
// read_packet(); what write_packet() takes arrives in the kernel as if it came from a wire.
// Linux: Documentation/networking/tuntap.rst
#pragma once

#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "io/file_descriptor.hpp"
#include "io/tun_mode.hpp"

namespace culvert::io {

class TunDevice {
 public:
  /// Creates the interface, which then lives as long as this object; or attaches to one that somebody made to last,
  /// `ip tuntap add dev NAME mode tun`. A name such as "tun%d" lets the kernel pick the number.
  static TunDevice open(const std::string& name, TunMode mode = TunMode::tun);

  /// The interface's real name.
  const std::string& name() const { return name_; }
  /// Made with `ip tuntap add`: it will be there after us.
  bool outlives_us() const { return outlives_us_; }
  /// For a Poller; never blocks.
  int fd() const { return fd_.get(); }

  /// The next packet, in `buffer`; none if the kernel has none for us now.
  std::optional<Bytes> read_packet(MutableBytes buffer);
  /// Whether the kernel took it: not if the bytes are no IP packet, the interface is down, or its queue is full.
  bool write_packet(Bytes packet);

 private:
  TunDevice(FileDescriptor fd, std::string name, bool outlives_us)
      : fd_(std::move(fd)), name_(std::move(name)), outlives_us_(outlives_us) {}

  FileDescriptor fd_;
  std::string name_;
  bool outlives_us_;
};

}  // namespace culvert::io
