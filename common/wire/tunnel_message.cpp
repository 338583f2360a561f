#include "wire/tunnel_message.hpp"

namespace culvert::wire {

Result<TunnelMessageView, TunnelMessageFault> TunnelMessageView::parse(Bytes datagram) {
  if (datagram.size() < tunnel_header_size) return failure(TunnelMessageFault::truncated);

  const std::uint32_t header = load_be32(datagram.first<tunnel_header_size>());
  if (header >> 24 != plain_packet_type) return failure(TunnelMessageFault::unknown_type);
  if ((header & 0x00ff'ffffu) != 0) return failure(TunnelMessageFault::reserved_not_zero);

  return TunnelMessageView{datagram.subspan(tunnel_header_size)};
}

void write_tunnel_header(MutableField<tunnel_header_size> out) {
  store_be32(out, std::uint32_t{plain_packet_type} << 24);
}

}  // namespace culvert::wire
