#include "base/prefix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

namespace culvert {
namespace {

/// The address with every bit from `length` on cleared.
template <class Address>
Address masked(const Address& address, unsigned length) {
  std::array<std::uint8_t, Address::size> bytes{};
  copy_bytes(address.bytes(), bytes);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto bits = std::clamp(static_cast<int>(length) - static_cast<int>(i * 8), 0, 8);
    bytes[i] &= static_cast<std::uint8_t>(0xff00u >> bits);
  }
  return Address{Field<Address::size>{bytes}};
}

IpAddress masked(const IpAddress& address, unsigned length) {
  if (address.is_v4()) return masked(*address.v4(), length);
  return masked(*address.v6(), length);
}

}  // namespace

Prefix::Prefix(const IpAddress& address, unsigned length)
    : address_(masked(address, length)), length_(length) {
  assert(length <= address.bits());
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const auto parsed = InterfaceAddress::parse(text);
  if (!parsed) return std::nullopt;
  return parsed->network();
}

bool Prefix::contains(const IpAddress& address) const {
  return address.is_v4() == address_.is_v4() && masked(address, length_) == address_;
}

std::optional<InterfaceAddress> InterfaceAddress::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return InterfaceAddress{*address, address->bits()};

  const std::string_view digits = text.substr(slash + 1);
  unsigned length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  if (length > address->bits()) return std::nullopt;
  return InterfaceAddress{*address, length};
}

std::string to_string(const Prefix& prefix) {
  return fmt::format("{}/{}", to_string(prefix.address()), prefix.length());
}

std::string to_string(const InterfaceAddress& address) {
  return fmt::format("{}/{}", to_string(address.address), address.prefix_length);
}

}  // namespace culvert
