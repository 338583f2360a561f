// The options of IPv4 and of TCP share one shape: kind 0 ends the list, kind 1 is a blank, all others are
// kind, length (of all three), data. RFC 791, section 3.1; RFC 9293, section 3.2.
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace culvert::wire {

struct Option {
  static constexpr std::uint8_t end_of_list = 0;
  static constexpr std::uint8_t no_operation = 1;

  std::uint8_t kind;
  Bytes data;  // behind kind and length; empty for kinds 0 and 1

  bool has_length() const { return kind > no_operation; }
  std::size_t size() const { return has_length() ? data.size() + 2 : 1; }
};

/// Walks over a list of options: `while (const auto option = options.next())`.
class OptionList {
 public:
  explicit OptionList(Bytes bytes) : rest_(bytes) {}

  /// The next option, kind 0 included; nothing after kind 0, at the end, or at a damaged option.
  std::optional<Option> next();
  /// True once next() has met an option of length 0 or 1, or one that runs past the header.
  bool damaged() const { return damaged_; }
  /// What next() has not read: begins with the damaged option, if there was one.
  Bytes rest() const { return rest_; }

 private:
  Bytes rest_;
  bool damaged_ = false;
};

}  // namespace culvert::wire
