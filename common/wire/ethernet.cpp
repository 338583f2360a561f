#include "wire/ethernet.hpp"

namespace culvert::wire {

void write(const EthernetFields& fields, MutableField<14> out) {
  copy_bytes(fields.destination.bytes(), out.first<6>());
  copy_bytes(fields.source.bytes(), out.subspan<6, 6>());
  store_be16(out.last<2>(), fields.ether_type);
}

void write(const VlanFields& fields, MutableField<4> out) {
  const unsigned tag =
      fields.priority << 13 | (fields.drop_eligible ? 0x1000u : 0u) | fields.vlan_id;
  store_be16(out.first<2>(), static_cast<std::uint16_t>(tag));
  store_be16(out.last<2>(), fields.ether_type);
}

}  // namespace culvert::wire
