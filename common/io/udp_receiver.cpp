#include "io/udp_receiver.hpp"

#include "io/failure.hpp"

namespace culvert::io {

UdpReceiver::UdpReceiver(UdpSocket& socket, Trains trains)
    : fd_(socket.fd()),
      takes_trains_(trains == Trains::wanted && socket.take_trains()),
      memory_(std::make_unique_for_overwrite<std::uint8_t[]>(max_singles * stride)),
      senders_(max_singles),
      controls_(max_singles),
      buffers_(max_singles),
      messages_(max_singles) {
  trains_.reserve(max_singles);
  prepare(max_singles);
}

/// The kernel overwrites the lengths that it is given with those that it found.
void UdpReceiver::prepare(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    buffers_[i] = {memory_.get() + i * stride, max_size};
    msghdr& header = messages_[i].msg_hdr;
    header.msg_name = senders_[i].get();
    header.msg_namelen = sizeof senders_[i].storage;
    header.msg_iov = &buffers_[i];
    header.msg_iovlen = 1;
    prepare_control(header, controls_[i]);
  }
}

std::span<const ReceivedTrain> UdpReceiver::receive() {
  prepare(trains_.size());  // those that the last call used
  trains_.clear();
  const int count =
      ::recvmmsg(fd_, messages_.data(), static_cast<unsigned>(wanted_), MSG_DONTWAIT, nullptr);
  // ECONNREFUSED: an ICMP answer to something sent earlier; the next datagram may be fine.
  if (count < 0 && (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED)) return {};
  checked(count, "receive from the UDP socket");
  bool any_train = false;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const MutableBytes bytes{memory_.get() + i * stride, messages_[i].msg_len};
    const ReceivedControl control = read_control(messages_[i].msg_hdr);
    const std::size_t size = control.segment_size != 0 ? control.segment_size : bytes.size();
    any_train = any_train || size < bytes.size();
    trains_.push_back({to_endpoint(senders_[i]), bytes, size, control.traffic_class, control.at});
  }
  wanted_ = any_train ? max_trains : max_singles;
  return trains_;
}

}  // namespace culvert::io
