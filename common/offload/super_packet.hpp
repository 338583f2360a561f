// A super-packet: one IP packet of up to 64 KiB that stands for a train of packets of the network's size. The kernel's
// TCP hands it out uncut (TSO; USO for UDP), because one large packet costs it little more than one small.
// On a packet's way: TUN device -> SuperPacket -> write_packet() for each -> engine.
#pragma once

#include <optional>

#include "offload/virtio_header.hpp"

namespace culvert::offload {

/// Owning one is the proof that header and packet agree, so that every packet of the train can be written.
class SuperPacket {
 public:
  /// Nothing if `header` asks for no cutting, or lies about `packet`.
  static std::optional<SuperPacket> parse(const VirtioHeader& header, Bytes packet);

  /// Into how many packets it is cut: at least one.
  std::size_t count() const { return (payload().size() + segment_size_ - 1) / segment_size_; }
  /// The whole length of packet number `index`, which counts from 0.
  std::size_t packet_size(std::size_t index) const {
    return header_length_ + payload_of(index).size();
  }

  std::size_t size() const { return bytes_.size(); }
  bool is_v4() const { return bytes_[0] >> 4 == 4; }
  bool is_tcp() const { return is_tcp_; }
  /// IP and TCP or UDP header: each packet begins with a copy.
  Bytes headers() const { return bytes_.first(header_length_); }
  std::size_t ip_header_length() const { return ip_header_length_; }
  std::size_t segment_size() const { return segment_size_; }
  /// Packet number `index`'s share of the payload.
  Bytes payload_of(std::size_t index) const;

 private:
  SuperPacket(const VirtioHeader& header, Bytes bytes, std::size_t header_length)
      : bytes_(bytes),
        ip_header_length_(header.checksum_start),
        header_length_(header_length),
        segment_size_(header.segment_size),
        is_tcp_(header.segmentation != Segmentation::udp) {}

  Bytes payload() const { return bytes_.subspan(header_length_); }

  Bytes bytes_;
  std::size_t ip_header_length_;
  std::size_t header_length_;
  std::size_t segment_size_;
  bool is_tcp_;
};

/// Writes packet number `index` to the beginning of `out`, of which it returns the packet. `out` must be long enough
/// (asserted). All packets are copies of the headers and a share of the payload, but for what counts or must not repeat:
/// lengths, checksums, IPv4's identification, TCP's sequence number, FIN and PSH (last only), CWR (first only).
MutableBytes write_packet(const SuperPacket& super, std::size_t index, MutableBytes out);

/// For a packet that needs no cutting: adds to its checksum what `header` says was left out. False if that lies outside.
bool complete_checksum(const VirtioHeader& header, MutableBytes packet);

}  // namespace culvert::offload
