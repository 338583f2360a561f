#include "wire/tcp.hpp"

namespace culvert::wire {

void write(const TcpFields& fields, MutableField<20> out) {
  store_be16(out.subspan<0, 2>(), fields.source_port);
  store_be16(out.subspan<2, 2>(), fields.destination_port);
  store_be32(out.subspan<4, 4>(), fields.sequence);
  store_be32(out.subspan<8, 4>(), fields.acknowledgment);
  store_be16(out.subspan<12, 2>(), static_cast<std::uint16_t>(5u << 12 | fields.flags));
  store_be16(out.subspan<14, 2>(), fields.window);
  store_be16(out.subspan<16, 2>(), fields.checksum);
  store_be16(out.subspan<18, 2>(), fields.urgent_pointer);
}

}  // namespace culvert::wire
