// RateLimiter: under load, how often one source may ask for a handshake. A bucket of tokens for each IPv4 address, and for
// each /64 of IPv6, which is what one customer has. WireGuard's paper, section 5.3.
#pragma once

#include <map>

#include "base/ip_address.hpp"
#include "base/time.hpp"

namespace culvert::tunnel {

class RateLimiter {
 public:
  static constexpr int per_second = 20;
  static constexpr int burst = 5;
  /// So many sources at once; who comes behind them is refused, so that a flood fills no memory.
  static constexpr std::size_t max_sources = 8192;

  bool allows(Instant now, const IpAddress& source);
  std::size_t sources() const { return buckets_.size(); }

 private:
  struct Bucket {
    Duration tokens;  // a message costs token_cost of time
    Instant filled;
  };
  static constexpr Duration token_cost = Duration{std::chrono::seconds{1}} / per_second;
  static constexpr Duration full = token_cost * burst;

  void forget_full_buckets(Instant now);

  std::map<IpAddress, Bucket> buckets_;
};

}  // namespace culvert::tunnel
