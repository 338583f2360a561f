#include "tunnel/rate_limiter.hpp"

#include <algorithm>

#include "base/prefix.hpp"

namespace culvert::tunnel {

bool RateLimiter::allows(Instant now, const IpAddress& source) {
  const IpAddress customer = Prefix{source, source.is_v4() ? 32u : 64u}.address();
  auto at = buckets_.find(customer);
  if (at == buckets_.end()) {
    if (buckets_.size() >= max_sources) forget_full_buckets(now);
    if (buckets_.size() >= max_sources) return false;
    at = buckets_.emplace(customer, Bucket{full, now}).first;
  }
  Bucket& bucket = at->second;
  bucket.tokens = std::min(full, bucket.tokens + (now - bucket.filled));
  bucket.filled = now;
  if (bucket.tokens < token_cost) return false;
  bucket.tokens -= token_cost;
  return true;
}

void RateLimiter::forget_full_buckets(Instant now) {
  std::erase_if(buckets_, [now](const auto& entry) {
    return entry.second.tokens + (now - entry.second.filled) >= full;
  });
}

}  // namespace culvert::tunnel
