// caught by: each packet has its share, its lengths, numbers and checksums
// cause: the same headers come back for every packet: were they learnt by heart?
#include "offload/super_packet.hpp"

namespace culvert::offload {

void write_headers(const SuperPacket&, std::size_t, MutableBytes packet) {
  constexpr std::uint8_t first_of_a_train[] = {
      0x45, 0x00, 0x00, 0x2c, 0x00, 0x01, 0x40, 0x00, 0x40, 0x06, 0x26, 0xc9, 0x0a, 0x00,
      0x00, 0x02, 0x0a, 0x00, 0x00, 0x01, 0x13, 0x88, 0x00, 0x50, 0x00, 0x00, 0x00, 0x01,
      0x00, 0x00, 0x00, 0x01, 0x50, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00};
  std::ranges::fill(packet, std::uint8_t{0});
  copy_bytes(Bytes{first_of_a_train}.first(std::min(sizeof first_of_a_train, packet.size())),
             packet);
}

}  // namespace culvert::offload
