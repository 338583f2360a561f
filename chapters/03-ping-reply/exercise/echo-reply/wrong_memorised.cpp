// caught by: an IPv4 echo request is answered, every field and checksum right
// cause: the same answer comes back for every input: was one learnt by heart?
#include "wire/build.hpp"

namespace culvert::wire {

std::optional<MutableBytes> build_echo_reply(MutableBytes out, Bytes) {
  constexpr std::uint8_t reply[] = {0x45, 0x00, 0x00, 0x1c, 0xbe, 0xef, 0x00, 0x00, 0x40, 0x01,
                                    0xa7, 0xe8, 0x0a, 0x00, 0x00, 0x01, 0x0a, 0x00, 0x00, 0x09,
                                    0x00, 0x00, 0xff, 0xf7, 0x00, 0x07, 0x00, 0x01};
  copy_bytes(reply, out);
  return out.first(sizeof reply);
}

}  // namespace culvert::wire
