// Prefix: all addresses that begin with the same bits, such as 10.8.0.0/16 (RFC 4632, RFC 4291 section 2.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip_address.hpp"

namespace culvert {

class Prefix {
 public:
  /// `length` counts bits, at most 32 or 128 (asserted). Bits of `address` behind it are set to zero.
  Prefix(const IpAddress& address, unsigned length);

  /// "10.8.0.0/16", "fd00::/8"; without a slash the address alone (/32 or /128). Host bits may be set: they are cut.
  static std::optional<Prefix> parse(std::string_view text);

  const IpAddress& address() const { return address_; }
  unsigned length() const { return length_; }
  bool contains(const IpAddress& address) const;
  auto operator<=>(const Prefix&) const = default;

 private:
  IpAddress address_;
  unsigned length_;
};

std::string to_string(const Prefix& prefix);

/// An address together with the prefix of its link: what `ip addr add` takes, "10.0.0.1/24".
struct InterfaceAddress {
  IpAddress address;
  unsigned prefix_length = 32;

  static std::optional<InterfaceAddress> parse(std::string_view text);
  Prefix network() const { return Prefix{address, prefix_length}; }
  auto operator<=>(const InterfaceAddress&) const = default;
};

std::string to_string(const InterfaceAddress& address);

}  // namespace culvert
