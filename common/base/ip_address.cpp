#include "base/ip_address.hpp"

#include <fmt/format.h>

#include <charconv>

namespace culvert {
namespace {

/// A whole text as one number in `base`, at most `max`, at most `max_digits` long.
std::optional<std::uint32_t> number(std::string_view text, int base, std::uint32_t max,
                                    std::size_t max_digits) {
  std::uint32_t value = 0;
  if (text.empty() || text.size() > max_digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

/// Cuts `rest` at the first `separator` and gives what stood before it; the last piece leaves `rest` without data.
std::string_view next_piece(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view piece = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return piece;
}

/// The groups on one side of "::", as bytes. `allow_ipv4`: the last group may be an IPv4 address.
struct Groups {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t length = 0;
};

std::optional<Groups> parse_groups(std::string_view text, bool allow_ipv4) {
  Groups groups;
  if (text.empty()) return groups;
  if (text.back() == ':') return std::nullopt;
  while (text.data() != nullptr) {
    const std::string_view piece = next_piece(text, ':');
    const MutableBytes room = MutableBytes{groups.bytes}.subspan(groups.length);
    const bool last = text.data() == nullptr;
    if (last && allow_ipv4 && piece.find('.') != std::string_view::npos) {
      const auto ipv4 = Ipv4Address::parse(piece);
      if (!ipv4 || room.size() < 4) return std::nullopt;
      copy_bytes(ipv4->bytes(), room);
      groups.length += 4;
    } else {
      const auto value = number(piece, 16, 0xffff, 4);
      if (!value || room.size() < 2) return std::nullopt;
      store_be16(room.first<2>(), static_cast<std::uint16_t>(*value));
      groups.length += 2;
    }
  }
  return groups;
}

}  // namespace

std::optional<Ipv4Address> Ipv4Address::parse(std::string_view text) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (text.data() == nullptr) return std::nullopt;
    const std::string_view piece = next_piece(text, '.');
    const auto value = number(piece, 10, 255, 3);
    // "010" is 8 to some programs and 10 to others: refuse what two readers would read differently.
    if (!value || (piece.size() > 1 && piece[0] == '0')) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*value);
  }
  if (text.data() != nullptr) return std::nullopt;
  return Ipv4Address{Field<4>{bytes}};
}

std::optional<Ipv6Address> Ipv6Address::parse(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto groups = parse_groups(text, true);
    if (!groups || groups->length != 16) return std::nullopt;
    return Ipv6Address{Field<16>{groups->bytes}};
  }
  const auto before = parse_groups(text.substr(0, gap), false);
  const auto after = parse_groups(text.substr(gap + 2), true);
  if (!before || !after || before->length + after->length > 14) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  copy_bytes(Bytes{before->bytes}.first(before->length), bytes);
  copy_bytes(Bytes{after->bytes}.first(after->length),
             MutableBytes{bytes}.subspan(16 - after->length));
  return Ipv6Address{Field<16>{bytes}};
}

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
  std::array<std::uint8_t, 6> bytes{};
  for (std::uint8_t& byte : bytes) {
    if (text.data() == nullptr) return std::nullopt;
    const auto value = number(next_piece(text, ':'), 16, 255, 2);
    if (!value) return std::nullopt;
    byte = static_cast<std::uint8_t>(*value);
  }
  if (text.data() != nullptr) return std::nullopt;
  return MacAddress{Field<6>{bytes}};
}

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (const auto ipv4 = Ipv4Address::parse(text)) return IpAddress{*ipv4};
  if (const auto ipv6 = Ipv6Address::parse(text)) return IpAddress{*ipv6};
  return std::nullopt;
}

Bytes IpAddress::bytes() const {
  return std::visit([](const auto& address) -> Bytes { return address.bytes(); }, address_);
}

std::string to_string(Ipv4Address address) {
  std::string text;
  for (const std::uint8_t byte : address.bytes()) {
    std::array<char, 3> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), byte).ptr;
    if (!text.empty()) text += '.';
    text.append(digits.data(), end);
  }
  return text;
}

std::string to_string(const Ipv6Address& address) {
  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) {
    groups[i] = load_be16(Bytes{address.bytes()}.subspan(i * 2).first<2>());
  }

  // RFC 5952, section 4.2: "::" stands for the longest run of zeros, the first of equals, never for a single group.
  std::size_t best = 0;
  std::size_t best_length = 1;
  for (std::size_t start = 0; start < 8; ++start) {
    std::size_t length = 0;
    while (start + length < 8 && groups[start + length] == 0) ++length;
    if (length > best_length) {
      best = start;
      best_length = length;
    }
  }
  const bool compressed = best_length > 1;

  // Section 5: IPv4-mapped addresses end in dotted form.
  if (compressed && best == 0 && best_length == 5 && groups[5] == 0xffff) {
    return "::ffff:" + to_string(Ipv4Address{address.bytes().last<4>()});
  }

  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (compressed && i == best) {
      text += "::";
      i += best_length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", groups[i]);
  }
  return text;
}

std::string to_string(const IpAddress& address) {
  return address.is_v4() ? to_string(address.as_v4()) : to_string(address.as_v6());
}

std::string to_string(const MacAddress& address) {
  const auto b = address.bytes();
  return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", b[0], b[1], b[2], b[3], b[4],
                     b[5]);
}

}  // namespace culvert
