// LoadMeter: notices when handshake messages come faster than this side likes to compute on them. Each one costs two or more
// Diffie-Hellman exchanges; a datagram costs its sender nothing. WireGuard's paper, section 5.3.
#pragma once

#include <algorithm>
#include <chrono>

#include "base/time.hpp"

namespace culvert::tunnel {

class LoadMeter {
 public:
  explicit LoadMeter(unsigned per_second) : limit_(per_second) {}

  void set_limit(unsigned per_second) { limit_ = per_second; }

  /// Another message came. True as long as there are too many, and for one second after.
  bool is_too_much(Instant now) {
    if (now - second_began_ >= std::chrono::seconds{1}) {
      second_began_ = now;
      count_ = 0;
    }
    if (++count_ > limit_) busy_until_ = now + std::chrono::seconds{1};
    return now < busy_until_;
  }

 private:
  unsigned limit_;
  unsigned count_ = 0;
  Instant second_began_{};
  Instant busy_until_{};
};

}  // namespace culvert::tunnel
