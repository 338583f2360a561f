// Exercise 11, arp-reply. Copy this file to student.cpp and write the function; README.md says what it must do.
#include "wire/arp_reply.hpp"

namespace culvert::wire {

std::optional<MutableBytes> build_arp_reply(MutableBytes out, Bytes frame, const Station& us) {
  return std::nullopt;  // yours: does somebody ask for us? Then write the answer into `out`
}

}  // namespace culvert::wire
