#include "wire/checksum.hpp"
#include "wire/ipv4.hpp"

namespace culvert::wire {

void write(const Ipv4Fields& fields, MutableField<20> out) {
  const unsigned flags =
      (fields.dont_fragment ? 0x4000u : 0u) | (fields.more_fragments ? 0x2000u : 0u);
  store_u8(out.subspan<0, 1>(), 0x45);
  store_u8(out.subspan<1, 1>(), static_cast<std::uint8_t>(fields.dscp << 2 | fields.ecn));
  store_be16(out.subspan<2, 2>(), fields.total_length);
  store_be16(out.subspan<4, 2>(), fields.identification);
  store_be16(out.subspan<6, 2>(), static_cast<std::uint16_t>(flags | fields.fragment_offset / 8));
  store_u8(out.subspan<8, 1>(), fields.ttl);
  store_u8(out.subspan<9, 1>(), static_cast<std::uint8_t>(fields.protocol));
  store_be16(out.subspan<10, 2>(), 0);  // the checksum counts itself as zero
  copy_bytes(fields.source.bytes(), out.subspan<12, 4>());
  copy_bytes(fields.destination.bytes(), out.subspan<16, 4>());
  store_be16(out.subspan<10, 2>(), internet_checksum(out));
}

}  // namespace culvert::wire
