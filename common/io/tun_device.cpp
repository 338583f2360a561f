#include "io/tun_device.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>

#include <cstring>

#include "io/failure.hpp"

namespace culvert::io {
namespace {

FileDescriptor open_clone_device() {
  const int fd = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0) return FileDescriptor{fd};
  if (errno == ENOENT || errno == ENODEV || errno == ENXIO) {
    fail("open /dev/net/tun (is the kernel module there? try: modprobe tun)");
  }
  fail("open /dev/net/tun");
}

/// Why TUNSETIFF says no, in the words of somebody who wants to go on.
std::string why_not(int error, const std::string& name, TunMode mode) {
  const char* kind = mode == TunMode::tun ? "TUN" : "TAP";
  const std::string doing = fmt::format("open the {} device {}", kind, name);
  if (error == EPERM) return doing + " (creating one needs root, or the capability CAP_NET_ADMIN)";
  if (error == EBUSY)
    return doing + " (another program holds it, or an interface of another kind has the name)";
  if (error == EINVAL)
    return fmt::format("{} (does an interface of that name exist that is no {}?)", doing, kind);
  return doing;
}

}  // namespace

TunDevice TunDevice::open(const std::string& name, TunMode mode) {
  ifreq request{};
  if (name.empty() || name.size() >= sizeof request.ifr_name) {
    throw std::invalid_argument(
        fmt::format("interface name '{}': 1 to {} characters expected, {} found", name,
                    sizeof request.ifr_name - 1, name.size()));
  }
  FileDescriptor fd = open_clone_device();
  std::memcpy(request.ifr_name, name.data(), name.size());
  // IFF_NO_PI: no four bytes of packet information before each packet; the packet's first nibble says it all.
  request.ifr_flags = static_cast<short>((mode == TunMode::tun ? IFF_TUN : IFF_TAP) | IFF_NO_PI);
  if (::ioctl(fd.get(), TUNSETIFF, &request) < 0) fail(why_not(errno, name, mode));
  checked(::ioctl(fd.get(), TUNGETIFF, &request), "ask for the interface's flags");
  const bool outlives_us = (request.ifr_flags & IFF_PERSIST) != 0;
  return {std::move(fd), request.ifr_name, outlives_us};
}

std::optional<Bytes> TunDevice::read_packet(MutableBytes buffer) {
  const ssize_t size = ::read(fd_.get(), buffer.data(), buffer.size());
  if (size >= 0) return Bytes{buffer}.first(static_cast<std::size_t>(size));
  if (errno == EAGAIN || errno == EINTR) return std::nullopt;
  if (errno == EBADFD || errno == EFAULT)
    fail(fmt::format("read from {} (somebody removed it)", name_), ENODEV);
  fail("read from " + name_);
}

bool TunDevice::write_packet(Bytes packet) {
  if (::write(fd_.get(), packet.data(), packet.size()) >= 0) return true;
  // EINVAL: neither IPv4 nor IPv6. EIO: the interface is down. The rest: no room.
  if (errno == EINVAL || errno == EIO || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM)
    return false;
  fail("write to " + name_);
}

}  // namespace culvert::io
