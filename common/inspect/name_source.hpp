// NameSource: names for the numbers in a line, if somebody asks for them. Behind it stands io/, so that this room looks
// nothing up itself.
#pragma once

#include <cstdint>
#include <string>

#include "base/ip_address.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

class NameSource {
 public:
  virtual ~NameSource() = default;
  /// Null: it has none, or nobody knows. What is returned lasts until the next question.
  virtual const std::string* host(const IpAddress& address) = 0;
  /// `transport` is UDP or TCP.
  virtual const std::string* port(wire::Layer transport, std::uint16_t port) = 0;
};

}  // namespace culvert::inspect
