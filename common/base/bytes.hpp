// Bytes as we pass them around: spans that own nothing, and the loads and stores that undo network byte order.
// Every load and store takes a span of fixed size, so that a wrong width is a compile error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace culvert {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

/// Exactly `width` bytes, known at compile time.
template <std::size_t width>
using Field = std::span<const std::uint8_t, width>;
template <std::size_t width>
using MutableField = std::span<std::uint8_t, width>;

constexpr std::uint8_t load_u8(Field<1> bytes) { return bytes[0]; }

/// Big-endian (network order) bytes to a number in host order; RFC 791, appendix B.
constexpr std::uint16_t load_be16(Field<2> bytes) {
  return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}
constexpr std::uint32_t load_be32(Field<4> bytes) {
  return std::uint32_t{load_be16(bytes.first<2>())} << 16 | load_be16(bytes.last<2>());
}
constexpr std::uint64_t load_be64(Field<8> bytes) {
  return std::uint64_t{load_be32(bytes.first<4>())} << 32 | load_be32(bytes.last<4>());
}

/// Little-endian bytes to a number: WireGuard's messages and most capture files.
constexpr std::uint16_t load_le16(Field<2> bytes) {
  return static_cast<std::uint16_t>(bytes[1] << 8 | bytes[0]);
}
constexpr std::uint32_t load_le32(Field<4> bytes) {
  return std::uint32_t{load_le16(bytes.last<2>())} << 16 | load_le16(bytes.first<2>());
}
constexpr std::uint64_t load_le64(Field<8> bytes) {
  return std::uint64_t{load_le32(bytes.last<4>())} << 32 | load_le32(bytes.first<4>());
}

constexpr void store_u8(MutableField<1> out, std::uint8_t value) { out[0] = value; }

constexpr void store_be16(MutableField<2> out, std::uint16_t value) {
  out[0] = static_cast<std::uint8_t>(value >> 8);
  out[1] = static_cast<std::uint8_t>(value);
}
constexpr void store_be32(MutableField<4> out, std::uint32_t value) {
  store_be16(out.first<2>(), static_cast<std::uint16_t>(value >> 16));
  store_be16(out.last<2>(), static_cast<std::uint16_t>(value));
}
constexpr void store_be64(MutableField<8> out, std::uint64_t value) {
  store_be32(out.first<4>(), static_cast<std::uint32_t>(value >> 32));
  store_be32(out.last<4>(), static_cast<std::uint32_t>(value));
}

constexpr void store_le16(MutableField<2> out, std::uint16_t value) {
  out[0] = static_cast<std::uint8_t>(value);
  out[1] = static_cast<std::uint8_t>(value >> 8);
}
constexpr void store_le32(MutableField<4> out, std::uint32_t value) {
  store_le16(out.first<2>(), static_cast<std::uint16_t>(value));
  store_le16(out.last<2>(), static_cast<std::uint16_t>(value >> 16));
}
constexpr void store_le64(MutableField<8> out, std::uint64_t value) {
  store_le32(out.first<4>(), static_cast<std::uint32_t>(value));
  store_le32(out.last<4>(), static_cast<std::uint32_t>(value >> 32));
}

/// Text seen as bytes, without a copy.
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Lower-case hex without separators: "00ff10".
std::string to_hex(Bytes bytes);

/// The way back; blanks between digits are skipped. Nothing if that is not hex in whole bytes.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);

/// Copies `from` to the beginning of `to`, which must be at least as long (asserted).
void copy_bytes(Bytes from, MutableBytes to);

}  // namespace culvert
