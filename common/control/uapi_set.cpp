#include <map>

#include "control/text.hpp"
#include "control/uapi.hpp"
#include "control/uapi_lines.hpp"

namespace culvert::control {
namespace {

/// Takes the lines of a change. Each key has a function that answers whether the value will do.
class ChangeReader {
 public:
  bool take(const UapiLine& line);
  DeviceChange change() && { return std::move(change_); }

 private:
  using Handler = bool (ChangeReader::*)(std::string_view value);
  static const std::map<std::string_view, Handler> device_handlers;
  static const std::map<std::string_view, Handler> peer_handlers;

  PeerChange& peer() { return change_.peers.back(); }

  /// Into `slot`, if there is a value.
  template <class Slot, class Value>
  static bool keep(Slot& slot, const std::optional<Value>& value) {
    if (value) slot = *value;
    return value.has_value();
  }
  /// For keys that can only be `true`: what is not wanted is not said.
  static bool keep_true(bool& slot, std::string_view value) { return slot = value == "true"; }

  bool private_key(std::string_view value);
  bool listen_port(std::string_view value) {
    return keep(change_.listen_port, parse_number<std::uint16_t>(value));
  }
  bool fwmark(std::string_view value) {
    return keep(change_.fwmark, parse_mark(value.empty() ? "0" : value));
  }
  bool replace_peers(std::string_view value) { return keep_true(change_.replace_peers, value); }

  bool public_key(std::string_view value);
  bool remove(std::string_view value) { return keep_true(peer().remove, value); }
  bool update_only(std::string_view value) { return keep_true(peer().update_only, value); }
  bool preshared_key(std::string_view value) {
    return keep(peer().preshared_key, key_from_hex<crypto::PresharedKey>(value));
  }
  bool endpoint(std::string_view value) { return keep(peer().endpoint, Endpoint::parse(value)); }
  bool persistent_keepalive(std::string_view value);
  bool replace_allowed_ips(std::string_view value);
  bool allowed_ip(std::string_view value);
  bool protocol_version(std::string_view value) { return value == "1"; }

  DeviceChange change_;
};

const std::map<std::string_view, ChangeReader::Handler> ChangeReader::device_handlers{
    {"fwmark", &ChangeReader::fwmark},
    {"listen_port", &ChangeReader::listen_port},
    {"private_key", &ChangeReader::private_key},
    {"public_key", &ChangeReader::public_key},
    {"replace_peers", &ChangeReader::replace_peers},
};

const std::map<std::string_view, ChangeReader::Handler> ChangeReader::peer_handlers{
    {"allowed_ip", &ChangeReader::allowed_ip},
    {"endpoint", &ChangeReader::endpoint},
    {"persistent_keepalive_interval", &ChangeReader::persistent_keepalive},
    {"preshared_key", &ChangeReader::preshared_key},
    {"protocol_version", &ChangeReader::protocol_version},
    {"public_key", &ChangeReader::public_key},
    {"remove", &ChangeReader::remove},
    {"replace_allowed_ips", &ChangeReader::replace_allowed_ips},
    {"update_only", &ChangeReader::update_only},
};

bool ChangeReader::take(const UapiLine& line) {
  const auto& handlers = change_.peers.empty() ? device_handlers : peer_handlers;
  const auto handler = handlers.find(line.key);
  return handler != handlers.end() && (this->*handler->second)(line.value);
}

bool ChangeReader::private_key(std::string_view value) {
  const auto key = key_from_hex<crypto::PrivateKey>(value);
  if (!key) return false;
  change_.remove_private_key = is_zero(key->bytes());
  if (!change_.remove_private_key) change_.private_key = key;
  return true;
}

bool ChangeReader::public_key(std::string_view value) {
  const auto key = key_from_hex<crypto::PublicKey>(value);
  if (key) change_.peers.emplace_back(*key);
  return key.has_value();
}

bool ChangeReader::persistent_keepalive(std::string_view value) {
  const auto seconds = parse_number<std::uint16_t>(value);
  if (seconds) peer().persistent_keepalive = std::chrono::seconds{*seconds};
  return seconds.has_value();
}

/// What stood before this line is replaced as well.
bool ChangeReader::replace_allowed_ips(std::string_view value) {
  peer().allowed_ips.clear();
  return keep_true(peer().replace_allowed_ips, value);
}

bool ChangeReader::allowed_ip(std::string_view value) {
  const bool remove = value.starts_with('-');
  const auto prefix = Prefix::parse(remove ? value.substr(1) : value);
  if (prefix) peer().allowed_ips.push_back({*prefix, remove});
  return prefix.has_value();
}

/// Only the key of a line that is refused: its value may be a secret.
UapiError refused(const UapiLine& line) {
  return {std::errc::invalid_argument, std::string{line.key}};
}

}  // namespace

Result<Request, UapiError> parse_request(std::string_view request) {
  const auto operation = next_line(request);
  if (!operation || operation->value != "1")
    return failure(UapiError{std::errc::invalid_argument, "operation"});
  if (operation->key == "get") return GetRequest{};
  if (operation->key == "status") return GetRequest{.with_drops = true};
  if (operation->key != "set") return failure(refused(*operation));

  ChangeReader reader;
  while (const auto line = next_line(request)) {
    if (!reader.take(*line)) return failure(refused(*line));
  }
  return std::move(reader).change();
}

}  // namespace culvert::control
