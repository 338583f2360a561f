// Changes: what happened to a packet between two places, field by field, and why.
#pragma once

#include <string>
#include <vector>

#include "wire/packet.hpp"

namespace culvert::inspect {

struct Change {
  std::string name;    // "ipv4.ttl"
  std::string before;  // "64"
  std::string after;   // "63"
  std::string why;     // "a router forwarded it"; empty if there is no saying
};

/// Fields whose values differ, in the order of the wire. Layers are compared by their kind; a layer that only one of them has
/// is a change of its own.
std::vector<Change> changes(const wire::Packet& before, const wire::Packet& after);

}  // namespace culvert::inspect
