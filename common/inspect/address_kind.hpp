// AddressKind: what sort of address it is, by the block that it was taken from.
#pragma once

#include <string_view>

#include "base/ip_address.hpp"

namespace culvert::inspect {

/// "private, as in every home (RFC 1918)"; empty for an ordinary address of the Internet.
std::string_view address_kind(const IpAddress& address);

}  // namespace culvert::inspect
