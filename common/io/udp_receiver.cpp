#include "io/udp_receiver.hpp"

#include <netinet/in.h>
#include <netinet/udp.h>

#include <cstring>

#include "io/failure.hpp"

namespace culvert::io {
namespace {

/// How the kernel cut the train, if it is one: a control message says so.
std::size_t datagram_size(msghdr& message, std::size_t whole) {
  for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr;
       control = CMSG_NXTHDR(&message, control)) {
    if (control->cmsg_level != SOL_UDP || control->cmsg_type != UDP_GRO) continue;
    int size = 0;
    std::memcpy(&size, CMSG_DATA(control), sizeof size);
    return static_cast<std::size_t>(size);
  }
  return whole;
}

}  // namespace

UdpReceiver::UdpReceiver(const UdpSocket& socket, Trains trains)
    : fd_(socket.fd()),
      memory_(max_trains * stride),
      senders_(max_trains),
      controls_(max_trains),
      buffers_(max_trains),
      messages_(max_trains) {
  const int on = 1;
  takes_trains_ =
      trains == Trains::wanted && ::setsockopt(fd_, IPPROTO_UDP, UDP_GRO, &on, sizeof on) == 0;
  trains_.reserve(max_trains);
}

/// The kernel overwrites the lengths that it is given with those that it found.
void UdpReceiver::prepare() {
  for (std::size_t i = 0; i < max_trains; ++i) {
    buffers_[i] = {memory_.data() + i * stride, max_size};
    msghdr& header = messages_[i].msg_hdr;
    header.msg_name = senders_[i].get();
    header.msg_namelen = sizeof senders_[i].storage;
    header.msg_iov = &buffers_[i];
    header.msg_iovlen = 1;
    header.msg_control = takes_trains_ ? &controls_[i] : nullptr;
    header.msg_controllen = takes_trains_ ? sizeof controls_[i] : 0;
  }
}

std::span<const ReceivedTrain> UdpReceiver::receive() {
  prepare();
  trains_.clear();
  const int count = ::recvmmsg(fd_, messages_.data(), max_trains, MSG_DONTWAIT, nullptr);
  // ECONNREFUSED: an ICMP answer to something sent earlier; the next datagram may be fine.
  if (count < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED)) return {};
  checked(count, "receive from the UDP socket");
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const MutableBytes bytes = MutableBytes{memory_}.subspan(i * stride, messages_[i].msg_len);
    trains_.push_back(
        {to_endpoint(senders_[i]), bytes, datagram_size(messages_[i].msg_hdr, bytes.size())});
  }
  return trains_;
}

}  // namespace culvert::io
