#include "io/tun_device.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cassert>
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
std::string why_not(int error, const std::string& name, int flags) {
  const char* kind = (flags & IFF_TUN) != 0 ? "TUN" : "TAP";
  const std::string doing = fmt::format("open the {} device {}", kind, name);
  if (error == EPERM) return doing + " (creating one needs root, or the capability CAP_NET_ADMIN)";
  if (error == EBUSY)
    return doing + " (another program holds it, or an interface of another kind has the name)";
  if (error == EINVAL)
    return fmt::format("{} (does an interface of that name exist that is no {}?)", doing, kind);
  return doing;
}

/// Linux 6.2; older headers do not have them.
constexpr unsigned udp_offloads = 0x20 | 0x40;  // TUN_F_USO4, TUN_F_USO6
constexpr unsigned tcp_offloads = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;

bool set_offloads(int fd, unsigned offloads) {
  return ::ioctl(fd, TUNSETOFFLOAD, static_cast<unsigned long>(offloads)) == 0;
}

/// For readv() and writev().
class PieceList {
 public:
  template <class Piece>
  explicit PieceList(std::span<const Piece> pieces) : size_(pieces.size()) {
    assert(pieces.size() <= list_.size());
    for (std::size_t i = 0; i < pieces.size();
         ++i)  // writev() only reads, but its type does not say so
      list_[i] = {const_cast<std::uint8_t*>(pieces[i].data()), pieces[i].size()};
  }
  const iovec* data() const { return list_.data(); }
  int size() const { return static_cast<int>(size_); }

 private:
  std::array<iovec, TunDevice::max_pieces> list_;
  std::size_t size_;
};

}  // namespace

TunDevice TunDevice::open(const std::string& name, TunMode mode) {
  TunDevice tun = open(name, mode == TunMode::tun ? IFF_TUN : IFF_TAP);
  // An interface that outlives its programs keeps what the last one asked for.
  set_offloads(tun.fd(), 0);
  return tun;
}

TunDevice TunDevice::open_offloading(const std::string& name) {
  TunDevice tun = open(name, IFF_TUN | IFF_VNET_HDR);
  const int little_endian = 1;
  checked(::ioctl(tun.fd(), TUNSETVNETLE, &little_endian), "ask for little-endian virtio headers");
  tun.has_virtio_header_ = true;
  tun.offloads_.udp = set_offloads(tun.fd(), tcp_offloads | udp_offloads);
  tun.offloads_.tcp = tun.offloads_.udp || set_offloads(tun.fd(), tcp_offloads);
  return tun;
}

TunDevice TunDevice::open(const std::string& name, int flags) {
  ifreq request{};
  if (name.empty() || name.size() >= sizeof request.ifr_name) {
    throw std::invalid_argument(
        fmt::format("interface name '{}': 1 to {} characters expected, {} found", name,
                    sizeof request.ifr_name - 1, name.size()));
  }
  FileDescriptor fd = open_clone_device();
  std::memcpy(request.ifr_name, name.data(), name.size());
  // IFF_NO_PI: no four bytes of packet information before each packet; the packet's first nibble says it all.
  request.ifr_flags = static_cast<short>(flags | IFF_NO_PI);
  if (::ioctl(fd.get(), TUNSETIFF, &request) < 0) fail(why_not(errno, name, flags));
  checked(::ioctl(fd.get(), TUNGETIFF, &request), "ask for the interface's flags");
  const bool outlives_us = (request.ifr_flags & IFF_PERSIST) != 0;
  return {std::move(fd), request.ifr_name, outlives_us};
}

void TunDevice::set_queue(int packets) {
  if (outlives_us_) return;
  const FileDescriptor any_socket{
      checked(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "open a UDP socket")};
  ifreq request{};
  std::memcpy(request.ifr_name, name_.data(), name_.size());
  request.ifr_qlen = packets;
  if (::ioctl(any_socket.get(), SIOCSIFTXQLEN, &request) < 0 && errno != EPERM && errno != ENODEV)
    fail("set the length of the queue of " + name_);
}

std::optional<Bytes> TunDevice::read_packet(MutableBytes buffer) {
  const auto size = gave(::read(fd_.get(), buffer.data(), buffer.size()));
  if (!size) return std::nullopt;
  return Bytes{buffer}.first(*size);
}

std::optional<std::size_t> TunDevice::read_pieces(std::span<const MutableBytes> pieces) {
  const PieceList list{pieces};
  return gave(::readv(fd_.get(), list.data(), list.size()));
}

bool TunDevice::write_packet(Bytes packet) {
  return took(::write(fd_.get(), packet.data(), packet.size()));
}

bool TunDevice::write_pieces(std::span<const Bytes> pieces) {
  const PieceList list{pieces};
  return took(::writev(fd_.get(), list.data(), list.size()));
}

std::optional<std::size_t> TunDevice::gave(ssize_t size) {
  if (size >= 0) return static_cast<std::size_t>(size);
  if (errno == EAGAIN || errno == EINTR) return std::nullopt;
  if (errno == EBADFD || errno == EFAULT)
    fail(fmt::format("read from {} (somebody removed it)", name_), ENODEV);
  fail("read from " + name_);
}

bool TunDevice::took(ssize_t written) {
  if (written >= 0) return true;
  // EINVAL: neither IPv4 nor IPv6. EIO: the interface is down. The rest: no room.
  if (errno == EINVAL || errno == EIO || errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM)
    return false;
  fail("write to " + name_);
}

}  // namespace culvert::io
