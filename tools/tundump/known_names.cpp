#include "known_names.hpp"

#include "base/bytes.hpp"
#include "inspect/text.hpp"
#include "io/resolve.hpp"

namespace culvert::tundump {
namespace {

constexpr std::size_t most_names = 10000;

/// Whoever owns an address chooses its name, and must not choose what our terminal does.
std::string harmless(const std::string& name) {
  std::string out;
  inspect::append_printable(out, {reinterpret_cast<const std::uint8_t*>(name.data()), name.size()});
  return out;
}

template <class Table, class Key, class LookUp>
const std::string* remembered(Table& table, const Key& key, LookUp look_up) {
  auto found = table.find(key);
  if (found == table.end()) {
    if (table.size() >= most_names) table.clear();
    auto name = look_up();
    found = table.emplace(key, name ? std::optional{harmless(*name)} : std::nullopt).first;
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace

const std::string* KnownNames::host(const IpAddress& address) {
  return remembered(hosts_, address, [&] { return io::host_name(address); });
}

const std::string* KnownNames::port(wire::Layer transport, std::uint16_t port) {
  const char* protocol = transport == wire::Layer::udp ? "udp" : "tcp";
  return remembered(ports_, std::pair{transport, port},
                    [&] { return io::service_name(protocol, port); });
}

}  // namespace culvert::tundump
