#include "io/udp_receiver.hpp"

#include <netinet/in.h>
#include <netinet/udp.h>

#include "io/failure.hpp"

namespace culvert::io {

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
    prepare_control(header, controls_[i]);
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
    const ReceivedControl control = read_control(messages_[i].msg_hdr);
    const bool is_train = control.segment_size != 0;
    trains_.push_back({to_endpoint(senders_[i]), bytes,
                       is_train ? control.segment_size : bytes.size(), control.traffic_class,
                       control.at});
  }
  return trains_;
}

}  // namespace culvert::io
