// Secret: 32 bytes that nobody else may learn. They are wiped when they go, compared in constant time, and there is no way
// to print them by accident.
#pragma once

#include <algorithm>
#include <array>

#include "base/bytes.hpp"

namespace culvert::crypto {

/// Overwrites `secret` with zeros in a way that no compiler leaves out.
void wipe(MutableBytes secret) noexcept;

/// Takes the same time wherever the first difference is: an attacker who measures learns nothing from it.
bool equal_in_constant_time(Bytes a, Bytes b);

/// `Kind` is the type that derives from it: a session key does not pass for a private key.
template <class Kind>
class Secret {
 public:
  static constexpr std::size_t size = 32;
  static Kind from_bytes(Field<size> bytes) { return Kind{bytes}; }

  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    wipe(other.bytes_);
    return *this;
  }
  ~Secret() { wipe(bytes_); }

  Field<size> bytes() const { return bytes_; }
  friend bool operator==(const Secret& a, const Secret& b) {
    return equal_in_constant_time(a.bytes_, b.bytes_);
  }

 protected:
  explicit Secret(Field<size> bytes) { std::copy(bytes.begin(), bytes.end(), bytes_.begin()); }

 private:
  std::array<std::uint8_t, size> bytes_;
};

}  // namespace culvert::crypto
