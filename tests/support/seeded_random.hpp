// Random values that a seed replays: a failing test prints its seed (CAPTURE), and the seed brings the failure back.
#pragma once

#include <concepts>
#include <cstdint>
#include <vector>

#include "base/ip_address.hpp"
#include "base/random.hpp"

namespace culvert::test {

class SeededRandom : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(MutableBytes out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(next() >> 56);
  }

  /// Any value of the type; one in eight is all zeros or all ones, where arithmetic has its corners.
  template <std::unsigned_integral T>
  T number() {
    switch (next() >> 60) {
      case 0:
        return T{0};
      case 1:
        return static_cast<T>(~T{0});
      default:
        return static_cast<T>(next() >> 32);
    }
  }
  bool coin() { return below(2) == 1; }

  std::vector<std::uint8_t> bytes(std::size_t size) {
    std::vector<std::uint8_t> out(size);
    fill(out);
    return out;
  }
  template <class Address, std::size_t size>
  Address address() {
    std::array<std::uint8_t, size> out{};
    fill(out);
    return Address{Field<size>{out}};
  }
  Ipv4Address ipv4() { return address<Ipv4Address, 4>(); }
  Ipv6Address ipv6() { return address<Ipv6Address, 16>(); }
  MacAddress mac() { return address<MacAddress, 6>(); }

 private:
  /// SplitMix64 (Steele, Lea, Flood 2014): each seed starts a good sequence, neighbouring ones too.
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace culvert::test
