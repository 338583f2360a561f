// FieldCatalogue: every field that tundump has a name for, where it lies in its header, and a sentence on what it is for.
// One table for --explain, --explain-field, --list-fields, --fields, --bytes and --draw.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "wire/packet.hpp"

namespace culvert::inspect {

struct FieldInfo {
  std::string_view name;      // "ipv4.ttl"
  std::string_view label;     // "time to live"
  std::uint16_t bit;          // where it begins in its header
  std::uint16_t bits;         // 0: at no fixed place, or calculated
  std::string_view sentence;  // what it is for
};

/// All of them, layer by layer from the outermost kind inwards, in the order of the wire.
std::span<const FieldInfo> field_catalogue();

/// "ipv4.ttl", or none if there is no such field.
const FieldInfo* find_field(std::string_view name);
const FieldInfo* find_field(std::string_view layer_key, std::string_view name);

/// "ipv4" of "ipv4.ttl".
std::string_view layer_of(const FieldInfo& field);

struct BitRange {
  std::size_t begin;
  std::size_t size;
};

/// Where the field lies in this very header, in bits from the header's first; none if it is at no fixed place or not there.
std::optional<BitRange> place_of(const FieldInfo& field, const wire::Packet& packet,
                                 const wire::LayerAt& at);

/// The page of --explain-field: what it is, where it lies, what it is for.
std::string explain_field(const FieldInfo& field);

}  // namespace culvert::inspect
