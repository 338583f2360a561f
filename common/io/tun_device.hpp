// TunDevice: the program's end of a virtual interface. What the kernel routes into the interface comes out of
// read_packet(); what write_packet() takes arrives in the kernel as if it came from a wire.
// Linux: Documentation/networking/tuntap.rst
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>

#include "base/bytes.hpp"
#include "io/file_descriptor.hpp"
#include "io/tun_mode.hpp"

namespace culvert::io {

/// Which super-packets the kernel hands out and takes uncut (linux/if_tun.h, TUN_F_...).
struct TunOffloads {
  bool tcp = false;
  bool udp = false;
};

class TunDevice {
 public:
  /// Creates the interface, which then lives as long as this object; or attaches to one that somebody made to last,
  /// `ip tuntap add dev NAME mode tun`. A name such as "tun%d" lets the kernel pick the number.
  static TunDevice open(const std::string& name, TunMode mode = TunMode::tun);

  /// The same, with a virtio header (offload/virtio_header.hpp) before each packet, and with as many kinds of
  /// super-packets as this kernel knows: offloads() tells.
  static TunDevice open_offloading(const std::string& name);

  bool has_virtio_header() const { return has_virtio_header_; }
  const TunOffloads& offloads() const { return offloads_; }
  /// The interface's real name.
  const std::string& name() const { return name_; }
  /// Made with `ip tuntap add`: it will be there after us.
  bool outlives_us() const { return outlives_us_; }
  /// For a Poller; never blocks.
  int fd() const { return fd_.get(); }

  /// Room in the kernel for so many packets that come while we work on a batch, if we are allowed to (CAP_NET_ADMIN). An
  /// interface that outlives us keeps the room that its owner gave it.
  void set_queue(int packets);

  /// The next packet, in `buffer`; none if the kernel has none for us now.
  std::optional<Bytes> read_packet(MutableBytes buffer);
  /// The same into several pieces, at most max_pieces, one after the other: the size of what was read.
  std::optional<std::size_t> read_pieces(std::span<const MutableBytes> pieces);
  /// Whether the kernel took it: not if the bytes are no IP packet, the interface is down, or its queue is full.
  bool write_packet(Bytes packet);
  /// The same for a packet whose bytes lie in several pieces, at most max_pieces: they are gathered on their way.
  bool write_pieces(std::span<const Bytes> pieces);
  static constexpr std::size_t max_pieces = 256;

 private:
  TunDevice(FileDescriptor fd, std::string name, bool outlives_us)
      : fd_(std::move(fd)), name_(std::move(name)), outlives_us_(outlives_us) {}
  static TunDevice open(const std::string& name, int flags);
  std::optional<std::size_t> gave(ssize_t size);
  bool took(ssize_t written);

  FileDescriptor fd_;
  std::string name_;
  bool outlives_us_;
  bool has_virtio_header_ = false;
  TunOffloads offloads_;
};

}  // namespace culvert::io
