// What a fuzz target is made of: one_input() gets any bytes, uses all that can be read of them, and states what must hold.
#pragma once

#include <type_traits>

#include "base/bytes.hpp"
#include "base/ip_address.hpp"

namespace culvert::fuzz {

/// Each target defines this one.
void one_input(Bytes bytes);

/// Reads all of them, so that no compiler may leave a read out and the address sanitizer sees a byte that is not theirs.
void use(Bytes bytes);

template <class Value>
requires std::is_arithmetic_v<Value> || std::is_enum_v<Value>
void use(Value value) {
  [[maybe_unused]] static volatile Value sink;
  sink = value;
}
template <class Address>
requires requires(const Address& address) { address.bytes(); }
void use(const Address& address) { use(Bytes{address.bytes()}); }
template <class... Values>
requires(sizeof...(Values) > 1) void use(const Values&... values) { (use(values), ...); }

/// Prints `sentence` and aborts if what it says does not hold: the fuzzer keeps the input.
void expect(bool holds, const char* sentence);

}  // namespace culvert::fuzz
