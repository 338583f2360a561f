#include "base/endpoint.hpp"

#include <fmt/format.h>

#include <charconv>

namespace culvert {

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(colon + 1);
  Endpoint endpoint;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
    return std::nullopt;
  }

  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  const auto address = IpAddress::parse(host);
  if (!address || address->is_v6() != bracketed) return std::nullopt;
  endpoint.address = *address;
  return endpoint;
}

std::string to_string(const Endpoint& endpoint) {
  const std::string host = to_string(endpoint.address);
  return endpoint.address.is_v6() ? fmt::format("[{}]:{}", host, endpoint.port)
                                  : fmt::format("{}:{}", host, endpoint.port);
}

}  // namespace culvert
