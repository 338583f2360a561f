// What a fuzz target is made of: one_input() gets any bytes, uses all that can be read of them, and states what must hold.
#pragma once

#include <type_traits>

#include "base/bytes.hpp"
#include "base/ip_address.hpp"

namespace culvert::fuzz {

/// Each target defines this one.
void one_input(Bytes bytes);

/// Reads a byte so that no compiler may leave the read out.
void use_byte(std::uint8_t byte);

inline void use(Bytes bytes) {
  for (const std::uint8_t byte : bytes) use_byte(byte);
}
template <class Value>
requires std::is_arithmetic_v<Value> || std::is_enum_v<Value>
void use(Value value) { use_byte(static_cast<std::uint8_t>(value)); }
template <class Address>
requires requires(const Address& address) { address.bytes(); }
void use(const Address& address) { use(Bytes{address.bytes()}); }
template <class... Values>
requires(sizeof...(Values) > 1) void use(const Values&... values) { (use(values), ...); }

/// Prints `sentence` and aborts if what it says does not hold: the fuzzer keeps the input.
void expect(bool holds, const char* sentence);

}  // namespace culvert::fuzz
