#include "wire/arp.hpp"

#include "wire/numbers.hpp"

namespace culvert::wire {
namespace {
constexpr std::uint16_t ethernet_hardware = 1;
}  // namespace

Parsed<ArpView> ArpView::parse(Bytes bytes) {
  if (bytes.size() < min_header_size) return truncated(layer, min_header_size, bytes.size());

  const auto fixed = bytes.first<8>();
  const std::size_t addresses = std::size_t{2} * (fixed[4] + fixed[5]);
  if (bytes.size() - 8 < addresses) {
    return truncated(layer, {"address lengths", 4}, 8 + addresses, bytes.size());
  }
  return ArpView{fixed, bytes.subspan(8, addresses)};
}

bool ArpView::is_ipv4_over_ethernet() const {
  return hardware_type() == ethernet_hardware && hardware_length() == 6 &&
         protocol_type() == static_cast<std::uint16_t>(EtherType::ipv4) && protocol_length() == 4;
}

void write(const ArpFields& fields, MutableField<28> out) {
  store_be16(out.first<2>(), ethernet_hardware);
  store_be16(out.subspan<2, 2>(), static_cast<std::uint16_t>(EtherType::ipv4));
  store_u8(out.subspan<4, 1>(), 6);
  store_u8(out.subspan<5, 1>(), 4);
  store_be16(out.subspan<6, 2>(), fields.operation);
  copy_bytes(fields.sender_mac.bytes(), out.subspan<8, 6>());
  copy_bytes(fields.sender_ip.bytes(), out.subspan<14, 4>());
  copy_bytes(fields.target_mac.bytes(), out.subspan<18, 6>());
  copy_bytes(fields.target_ip.bytes(), out.subspan<24, 4>());
}

}  // namespace culvert::wire
