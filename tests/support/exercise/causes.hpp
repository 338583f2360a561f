// Causes: what people really get wrong, and what each mistake gives. If a learner's answer is exactly what a known mistake
// gives, then that is the likely cause.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "support/exercise/packet_difference.hpp"

namespace culvert::exercise {

/// One mistake, and the answer it would give for this very input. An exercise's test lists those of its own function.
template <class T>
struct Cause {
  std::string_view mistake;
  T would_give;
};

template <class T>
using Causes = std::vector<Cause<T>>;

/// The mistakes of the list that give exactly `yours`, and not by chance the right answer too.
template <class T>
std::vector<std::string> causes_of(const T& yours, const T& expected, const Causes<T>& known) {
  std::vector<std::string> out;
  for (const auto& [mistake, would_give] : known) {
    if (would_give == yours && !(would_give == expected)) out.emplace_back(mistake);
  }
  return out;
}

/// The mistakes that any packet may show: byte order swapped, field left unchanged, checksum not folded, ...
std::vector<std::string> causes_of(const PacketDifference& difference);

}  // namespace culvert::exercise
