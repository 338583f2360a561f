// PacketDifference: two packets that should be equal and are not, as fields and as bytes side by side.
#pragma once

#include <string>
#include <vector>

#include "support/exercise/header_fields.hpp"

namespace culvert::exercise {

struct PacketDifference {
  Kind kind;
  Bytes before;  // what the learner's function was given; may be empty
  Bytes expected;
  Bytes yours;

  bool any() const;
  /// The fields of the expected packet in which yours differs.
  std::vector<HeaderField> differing() const;
};

/// One line for each differing field: "IPv4, bytes 10-11, header checksum: yours 0x1c46, expected 0xb1e6".
std::string named_differences(const PacketDifference& difference);

/// The headers in which a field differs, as a table of fields: name, before, expected, yours.
std::string field_table(const PacketDifference& difference);

/// Eight bytes a line: before, expected and yours side by side, the differing bytes of yours marked below.
std::string byte_table(const PacketDifference& difference);

}  // namespace culvert::exercise
