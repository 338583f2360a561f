#include "cli/address_option.hpp"

#include <fmt/format.h>

#include "cli/run_program.hpp"

namespace culvert::cli {

Endpoint endpoint_option(const std::string& option, const std::string& text) {
  const auto endpoint = Endpoint::parse(text);
  if (endpoint && endpoint->port != 0) return *endpoint;
  throw UsageError(fmt::format(
      "{} {}: expected ADDRESS:PORT, such as 198.51.100.2:5000 or [2001:db8:198::2]:5000", option,
      text));
}

IpAddress address_option(const std::string& option, const std::string& text) {
  const auto address = IpAddress::parse(text);
  if (address) return *address;
  throw UsageError(
      fmt::format("{} {}: expected an IP address, such as 10.0.0.1 or fd00:10::1", option, text));
}

}  // namespace culvert::cli
