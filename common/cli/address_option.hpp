// Addresses on the command line: an option's text to a value, or a UsageError that shows how it is
// written.
#pragma once

#include "base/endpoint.hpp"

namespace culvert::cli {

/// "198.51.100.2:5000" or "[2001:db8::1]:5000"; names are not looked up, and port 0 is nobody's.
Endpoint endpoint_option(const std::string& option, const std::string& text);

/// "10.0.0.1" or "fd00:10::1".
IpAddress address_option(const std::string& option, const std::string& text);

}  // namespace culvert::cli
