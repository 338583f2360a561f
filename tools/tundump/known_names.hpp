// KnownNames: what --names shows: names of hosts and ports, looked up once each. A lookup may send packets and wait for
// their answer, through the very tunnel that is being watched; so nothing but --names makes one of these.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "inspect/name_source.hpp"

namespace culvert::tundump {

class KnownNames final : public inspect::NameSource {
 public:
  const std::string* host(const IpAddress& address) override;
  const std::string* port(wire::Layer transport, std::uint16_t port) override;

 private:
  /// Also that there is no name is remembered. Memory stays bounded: a full table is begun anew.
  template <class Key>
  using Table = std::map<Key, std::optional<std::string>>;

  Table<IpAddress> hosts_;
  Table<std::pair<wire::Layer, std::uint16_t>> ports_;
};

}  // namespace culvert::tundump
