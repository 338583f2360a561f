// The fixed part of a header. A view derives from FixedFields<20> and reads `field<12, 4>()`: a field that would lie
// past the end does not compile, and reading one costs no check at run time.
#pragma once

#include "base/bytes.hpp"

namespace culvert::wire {

template <std::size_t size>
class FixedFields {
 protected:
  explicit FixedFields(Field<size> fixed) : fixed_(fixed) {}

  template <std::size_t offset, std::size_t width>
  Field<width> field() const {
    return fixed_.template subspan<offset, width>();
  }

 private:
  Field<size> fixed_;
};

}  // namespace culvert::wire
