#include "wire/icmp.hpp"

namespace culvert::wire {

bool IcmpView::is_error() const {
  switch (type()) {
    case icmp::destination_unreachable:
    case icmp::source_quench:
    case icmp::redirect:
    case icmp::time_exceeded:
    case icmp::parameter_problem:
      return true;
    default:
      return false;
  }
}

void write(const IcmpFields& fields, MutableField<8> out) {
  store_u8(out.subspan<0, 1>(), fields.type);
  store_u8(out.subspan<1, 1>(), fields.code);
  store_be16(out.subspan<2, 2>(), fields.checksum);
  store_be32(out.subspan<4, 4>(), fields.rest);
}

}  // namespace culvert::wire
