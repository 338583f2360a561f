// A super-packet: one IP packet of up to 64 KiB that stands for a train of packets of the network's size. The kernel's
// TCP hands it out uncut (TSO; USO for UDP), because one large packet costs it little more than one small.
// On a packet's way: TUN device -> Landing, which has one -> write_headers() for each -> engine.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "offload/virtio_header.hpp"

namespace culvert::offload {

/// What a super-packet says about the packets that it is cut into. It knows nothing of the payload but its length: that may
/// lie wherever it likes. Owning one is the proof that header and packet agree, so that every packet of the train can be
/// written.
class SuperPacket {
 public:
  /// IP and TCP or UDP header together; only IPv6 with a long tail of extension headers would have more.
  static constexpr std::size_t max_headers = 256;

  /// Of a packet of `size` bytes that begins with `begin`: at least all its headers, or the first max_headers bytes. Nothing if
  /// `header` asks for no cutting, or lies about the packet.
  static std::optional<SuperPacket> parse(const VirtioHeader& header, Bytes begin,
                                          std::size_t size);

  /// Into how many packets it is cut: at least one.
  std::size_t count() const { return (size_ - header_length_ + segment_size_ - 1) / segment_size_; }
  /// Where packet number `index`'s share of the payload begins in the super-packet; `index` counts from 0.
  std::size_t payload_begin(std::size_t index) const {
    return header_length_ + index * segment_size_;
  }
  std::size_t payload_size(std::size_t index) const {
    return std::min(size_ - payload_begin(index), segment_size_);
  }
  /// Its whole length.
  std::size_t packet_size(std::size_t index) const { return header_length_ + payload_size(index); }

  std::size_t size() const { return size_; }
  bool is_v4() const { return headers_[0] >> 4 == 4; }
  bool is_tcp() const { return is_tcp_; }
  /// IP and TCP or UDP header: each packet begins with a copy. They are kept here, since the first packet's are written
  /// where these lay.
  Bytes headers() const { return Bytes{headers_}.first(header_length_); }
  std::size_t ip_header_length() const { return ip_header_length_; }
  std::size_t segment_size() const { return segment_size_; }

 private:
  SuperPacket(const VirtioHeader& header, Bytes headers, std::size_t size);

  std::array<std::uint8_t, max_headers> headers_{};
  std::size_t header_length_;
  std::size_t ip_header_length_;
  std::size_t segment_size_;
  std::size_t size_;
  bool is_tcp_;
};

/// Makes `packet`, which has packet_size(index) bytes, packet number `index`: its share of the payload lies there already,
/// behind room for the headers. They are copies of the super-packet's but for what counts or must not repeat: lengths,
/// checksums, IPv4's identification, TCP's sequence number, FIN and PSH (last only), CWR (first only).
void write_headers(const SuperPacket& super, std::size_t index, MutableBytes packet);

/// Whether what `header` says of a checksum is possible in a packet of `size` bytes.
bool checksum_lies_inside(const VirtioHeader& header, std::size_t size);
/// For a packet that needs no cutting: adds to its checksum what `header` says was left out. It must lie inside (asserted).
void complete_checksum(const VirtioHeader& header, MutableBytes packet);

}  // namespace culvert::offload
