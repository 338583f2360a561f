#include "wire/wireguard.hpp"

#include <array>

namespace culvert::wire {
namespace {
// By type; of data as much as is not encrypted.
constexpr std::array<std::size_t, 5> readable{4, 148, 92, 64, 16};
constexpr std::size_t min_data = 32;
}  // namespace

Parsed<WireguardView> WireguardView::parse(Bytes bytes) {
  if (bytes.size() < 4) return truncated(layer, 4, bytes.size());
  const unsigned type = bytes[0];
  if (type < initiation || type > data) return bad_version(layer, {"type", 0}, data, type);
  if (bytes.size() < readable[type]) return truncated(layer, {"type", 0}, readable[type], bytes.size());
  return WireguardView{bytes};
}

bool WireguardView::fits(Bytes beginning, std::size_t length) {
  if (beginning.size() < 4 || beginning[1] != 0 || beginning[2] != 0 || beginning[3] != 0) return false;
  switch (const unsigned type = beginning[0]) {
    case initiation:
    case response:
    case cookie: return length == readable[type];
    case data: return length >= min_data;
    default: return false;
  }
}

std::optional<std::uint32_t> WireguardView::sender() const {
  if (type() > response) return std::nullopt;
  return load_le32(message_.subspan<4, 4>());
}

std::optional<std::uint32_t> WireguardView::receiver() const {
  switch (type()) {
    case initiation: return std::nullopt;
    case response: return load_le32(message_.subspan<8, 4>());
    default: return load_le32(message_.subspan<4, 4>());
  }
}

std::optional<std::uint64_t> WireguardView::counter() const {
  if (type() != data) return std::nullopt;
  return load_le64(message_.subspan<8, 8>());
}

}  // namespace culvert::wire
