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

}  // namespace

UdpSender::UdpSender(UdpSocket& socket, Trains trains)
    : socket_(socket), sends_trains_(trains == Trains::wanted && kernel_cuts_trains(socket.fd())) {}

bool UdpSender::joins(const Train& train, const Endpoint& to, Bytes datagram,
                      const SendOptions& options) const {
  return sends_trains() && train.is_open && train.count < max_datagrams &&
         train.bytes + datagram.size() <= max_bytes &&
         datagram.size() <= datagrams_[train.first].iov_len && !datagram.empty() &&
         train.to == to && train.options == options;
}

// [tag: add]
void UdpSender::add(const Endpoint& to, Bytes datagram, const SendOptions& options) {
  if (trains_.empty() || !joins(trains_.back(), to, datagram, options))
    trains_.push_back({to, options, datagrams_.size(), 0, 0, true});
  if (alone_left_ > 0) --alone_left_;
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
    const std::size_t segment_size = train.count == 1 ? 0 : datagrams_[train.first].iov_len;
    write_control(header, controls_[i], train.to,
                  {train.options.traffic_class, address_in(train.options.from), segment_size});
  }
}

// [tag: flush]
std::span<const UdpSender::Refused> UdpSender::flush() {
  refused_.clear();
  if (trains_.empty()) return refused_;
  prepare();
  for (std::size_t done = 0; done < trains_.size();) {
    socket_.set_fragmentation(trains_[done].options.fragmentation);
    const auto left = static_cast<unsigned>(same_fragmentation(done));
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

/// How many trains from there on want the same setting of the socket.
std::size_t UdpSender::same_fragmentation(std::size_t first) const {
  std::size_t last = first;
  while (last < trains_.size() &&
         trains_[last].options.fragmentation == trains_[first].options.fragmentation)
    ++last;
  return last - first;
}

/// A train is refused as a whole: because it is longer than the path takes, because there is no room or no way, or because
/// somebody cannot cut it (EIO: no checksum offload; EINVAL: what else there may be). Alone, each datagram tells which.
void UdpSender::send_one_by_one(const Train& train, int error) {
  bool all_sent = true;
  for (std::size_t i = 0; i < train.count; ++i) {
    const Bytes datagram = bytes_of(datagrams_[train.first + i]);
    const SendOutcome outcome = socket_.send(train.to, datagram, train.options);
    ++system_calls_;
    if (outcome == SendOutcome::sent) continue;
    all_sent = false;
    refused_.push_back({train.to, datagram, train.options, outcome});
  }
  if (train.count > 1 && all_sent && (error == EIO || error == EINVAL))
    alone_left_ = alone_after_refusal;
}

}  // namespace culvert::io
