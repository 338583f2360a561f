// The text that goes through a control socket, WireGuard's cross-platform user-space interface: `key=value` lines, an empty
// one ends a request and an answer. Keys are in hexadecimal here; an answer's last line is errno=0, or a negative number.
//
//   get=1                                   set=1
//                                           listen_port=51820
//   private_key=e84b...                     public_key=b859...
//   listen_port=51820                       allowed_ip=10.0.0.2/32
//   ...                                     (empty line)
//   errno=0                                 errno=0
#pragma once

#include <system_error>
#include <variant>

#include "base/result.hpp"
#include "control/device.hpp"

namespace culvert::control {

/// `get=1` shows what every such program shows; our own `status=1` adds the drops.
struct GetRequest {
  bool with_drops = false;
};
using Request = std::variant<GetRequest, DeviceChange>;

/// Why a request is refused.
struct UapiError {
  std::errc code = std::errc::invalid_argument;
  std::string line;  // that could not be taken; never a secret
};

/// Of a whole request, with or without its empty line. A change is taken in full or refused in full.
Result<Request, UapiError> parse_request(std::string_view request);

/// The answers.
std::string write_status(const DeviceStatus& status, const GetRequest& request = {});
std::string write_errno(std::errc code);

/// The way back, for who asks. Lines that it does not know are passed over, as others may say more.
Result<DeviceStatus, UapiError> parse_status(std::string_view answer);

}  // namespace culvert::control
