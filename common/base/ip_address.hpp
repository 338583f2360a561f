// IPv4, IPv6 and MAC addresses as values. Bytes are kept in network order, so that reading one from a packet is a copy
// and comparing two gives the order in which people write them.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/bytes.hpp"

namespace culvert {

/// 32 bits, RFC 791.
class Ipv4Address {
 public:
  static constexpr std::size_t size = 4;

  constexpr Ipv4Address() = default;  // 0.0.0.0
  explicit constexpr Ipv4Address(Field<4> bytes) : bytes_{bytes[0], bytes[1], bytes[2], bytes[3]} {}
  explicit constexpr Ipv4Address(std::uint32_t host_order) { store_be32(bytes_, host_order); }
  constexpr Ipv4Address(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
      : bytes_{a, b, c, d} {}

  /// Four decimal numbers 0-255 without leading zeros: "192.0.2.1".
  static std::optional<Ipv4Address> parse(std::string_view text);

  constexpr Field<4> bytes() const { return bytes_; }
  constexpr std::uint32_t to_number() const { return load_be32(bytes_); }
  auto operator<=>(const Ipv4Address&) const = default;

 private:
  std::array<std::uint8_t, 4> bytes_{};
};

/// 128 bits, RFC 4291.
class Ipv6Address {
 public:
  static constexpr std::size_t size = 16;

  constexpr Ipv6Address() = default;  // ::
  explicit constexpr Ipv6Address(Field<16> bytes) {
    for (std::size_t i = 0; i < size; ++i) bytes_[i] = bytes[i];
  }

  /// RFC 4291, section 2.2, with "::" and an embedded IPv4 address; no zone.
  static std::optional<Ipv6Address> parse(std::string_view text);

  constexpr Field<16> bytes() const { return bytes_; }
  auto operator<=>(const Ipv6Address&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

/// 48 bits of Ethernet, IEEE 802.
class MacAddress {
 public:
  constexpr MacAddress() = default;
  explicit constexpr MacAddress(Field<6> bytes) {
    for (std::size_t i = 0; i < 6; ++i) bytes_[i] = bytes[i];
  }

  /// Six pairs of hex digits with colons: "02:00:5e:10:00:01".
  static std::optional<MacAddress> parse(std::string_view text);

  constexpr Field<6> bytes() const { return bytes_; }
  auto operator<=>(const MacAddress&) const = default;

 private:
  std::array<std::uint8_t, 6> bytes_{};
};

/// An address of either family; IPv4 sorts before IPv6.
class IpAddress {
 public:
  IpAddress() = default;  // 0.0.0.0
  IpAddress(Ipv4Address address) : address_(address) {}
  IpAddress(Ipv6Address address) : address_(address) {}

  static std::optional<IpAddress> parse(std::string_view text);

  bool is_v4() const { return std::holds_alternative<Ipv4Address>(address_); }
  bool is_v6() const { return !is_v4(); }
  const Ipv4Address* v4() const { return std::get_if<Ipv4Address>(&address_); }
  const Ipv6Address* v6() const { return std::get_if<Ipv6Address>(&address_); }
  /// For who knows the family already; throws std::bad_variant_access if that was wrong.
  const Ipv4Address& as_v4() const { return std::get<Ipv4Address>(address_); }
  const Ipv6Address& as_v6() const { return std::get<Ipv6Address>(address_); }

  /// 4 or 16 bytes in network order.
  Bytes bytes() const;
  /// 32 or 128.
  unsigned bits() const { return is_v4() ? 32 : 128; }
  auto operator<=>(const IpAddress&) const = default;

 private:
  std::variant<Ipv4Address, Ipv6Address> address_;
};

std::string to_string(Ipv4Address address);
std::string to_string(const Ipv6Address& address);  // RFC 5952: the one canonical form
std::string to_string(const IpAddress& address);
std::string to_string(const MacAddress& address);

}  // namespace culvert
