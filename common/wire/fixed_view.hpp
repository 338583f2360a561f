// A header of one size: once its bytes are there, nothing else has to be checked, and whatever follows is its payload.
#pragma once

#include "wire/fixed_fields.hpp"
#include "wire/parse_error.hpp"

namespace culvert::wire {

/// Base of such a view: `class VlanView : public FixedView<VlanView, Layer::vlan, 4>`.
template <class View, Layer kind, std::size_t size>
class FixedView : protected FixedFields<size> {
 public:
  static constexpr auto layer = kind;
  static constexpr std::size_t header_size = size;

  static Parsed<View> parse(Bytes bytes) {
    if (bytes.size() < size) return truncated(layer, size, bytes.size());
    return View{bytes.first<size>(), bytes.subspan(size)};
  }

  /// The type of `fixed` is the proof that a view needs.
  FixedView(Field<size> fixed, Bytes payload) : FixedFields<size>(fixed), payload_(payload) {}

  std::size_t header_length() const { return size; }
  /// Up to the end of what parse() was given.
  Bytes payload() const { return payload_; }

 private:
  Bytes payload_;
};

}  // namespace culvert::wire
