#include "io/udp_sender.hpp"

#include <netinet/in.h>
#include <netinet/udp.h>

#include <cstring>

namespace culvert::io {
namespace {

Bytes bytes_of(const iovec& datagram) {
  return {static_cast<const std::uint8_t*>(datagram.iov_base), datagram.iov_len};
}

/// Linux 4.18.
bool kernel_cuts_trains(int fd) {
  int size = 0;
  socklen_t length = sizeof size;
  return ::getsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &size, &length) == 0;
}

void write_segment_size(msghdr& message, std::size_t size) {
  cmsghdr* control = CMSG_FIRSTHDR(&message);
  const auto value = static_cast<std::uint16_t>(size);
  control->cmsg_level = IPPROTO_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof value);
  std::memcpy(CMSG_DATA(control), &value, sizeof value);
}

}  // namespace

UdpSender::UdpSender(UdpSocket& socket, Trains trains)
    : socket_(socket), sends_trains_(trains == Trains::wanted && kernel_cuts_trains(socket.fd())) {}

bool UdpSender::joins(const Train& train, const Endpoint& to, Bytes datagram) const {
  return sends_trains_ && train.is_open && train.count < max_datagrams &&
         train.bytes + datagram.size() <= max_bytes &&
         datagram.size() <= datagrams_[train.first].iov_len && !datagram.empty() && train.to == to;
}

// [tag: add]
void UdpSender::add(const Endpoint& to, Bytes datagram) {
  if (trains_.empty() || !joins(trains_.back(), to, datagram))
    trains_.push_back({to, datagrams_.size(), 0, 0, true});
  // sendmmsg() only reads, but its type does not say so.
  datagrams_.push_back({const_cast<std::uint8_t*>(datagram.data()), datagram.size()});
  Train& train = trains_.back();
  ++train.count;
  train.bytes += datagram.size();
  train.is_open = datagram.size() == datagrams_[train.first].iov_len;
}
// [end: add]

void UdpSender::prepare() {
  receivers_.resize(trains_.size());
  controls_.resize(trains_.size());
  messages_.assign(trains_.size(), {});
  for (std::size_t i = 0; i < trains_.size(); ++i) {
    const Train& train = trains_[i];
    msghdr& header = messages_[i].msg_hdr;
    receivers_[i] = socket_.address_of(train.to);
    header.msg_name = receivers_[i].get();
    header.msg_namelen = receivers_[i].size;
    header.msg_iov = &datagrams_[train.first];
    header.msg_iovlen = train.count;
    if (train.count == 1) continue;
    header.msg_control = &controls_[i];
    header.msg_controllen = sizeof controls_[i];
    write_segment_size(header, datagrams_[train.first].iov_len);
  }
}

// [tag: flush]
std::span<const UdpSender::Refused> UdpSender::flush() {
  refused_.clear();
  if (trains_.empty()) return refused_;
  prepare();
  socket_.set_fragmentation(Fragmentation::forbidden);
  for (std::size_t done = 0; done < trains_.size();) {
    const auto left = static_cast<unsigned>(trains_.size() - done);
    const int sent = ::sendmmsg(socket_.fd(), &messages_[done], left, MSG_DONTWAIT);
    ++system_calls_;
    if (sent > 0)
      done += static_cast<std::size_t>(sent);
    else
      send_one_by_one(trains_[done++], errno);  // the list stops at what was refused
  }
  trains_.clear();
  datagrams_.clear();
  return refused_;
}
// [end: flush]

/// A train is refused as a whole: because it is longer than the path takes, because there is no room or no way, or because
/// somebody cannot cut it (EIO: no checksum offload; EINVAL: what else there may be). Alone, each datagram tells which.
void UdpSender::send_one_by_one(const Train& train, int error) {
  bool all_sent = true;
  for (std::size_t i = 0; i < train.count; ++i) {
    const Bytes datagram = bytes_of(datagrams_[train.first + i]);
    const SendOutcome outcome = socket_.send(train.to, datagram);
    ++system_calls_;
    if (outcome == SendOutcome::sent) continue;
    all_sent = false;
    refused_.push_back({train.to, datagram, outcome});
  }
  if (train.count > 1 && all_sent && (error == EIO || error == EINVAL)) sends_trains_ = false;
}

}  // namespace culvert::io
