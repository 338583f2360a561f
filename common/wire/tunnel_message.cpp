#include "wire/tunnel_message.hpp"

namespace culvert::wire {

Parsed<TunnelMessageView> TunnelMessageView::parse(Bytes datagram) {
  if (datagram.size() < tunnel_header_size) {
    return truncated(layer, tunnel_header_size, datagram.size());
  }
  const std::uint32_t header = load_be32(datagram.first<tunnel_header_size>());
  const std::uint32_t type = header >> 24;
  const std::uint32_t reserved = header & 0x00ff'ffffu;
  if (type != plain_packet_type) return bad_version(layer, {"type", 0}, plain_packet_type, type);
  if (reserved != 0) return bad_version(layer, {"reserved", 1}, 0, reserved);
  return TunnelMessageView{datagram.subspan(tunnel_header_size)};
}

void write_tunnel_header(MutableField<tunnel_header_size> out) {
  store_be32(out, std::uint32_t{plain_packet_type} << 24);
}

}  // namespace culvert::wire
