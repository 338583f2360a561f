#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "control/show.hpp"

namespace culvert::control {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void write(Writer& json, const char* key, const std::string& text) {
  json.Key(key);
  json.String(text.c_str());
}

void write(Writer& json, const char* key, std::uint64_t number) {
  json.Key(key);
  json.Uint64(number);
}

void write_peer(Writer& json, const PeerStatus& peer) {
  json.StartObject();
  write(json, "public_key", peer.key.to_base64());
  if (peer.endpoint) write(json, "endpoint", to_string(*peer.endpoint));
  json.Key("allowed_ips");
  json.StartArray();
  for (const Prefix& prefix : peer.allowed_ips) json.String(to_string(prefix).c_str());
  json.EndArray();
  if (peer.last_handshake) {
    const auto since_1970 = peer.last_handshake->time_since_epoch();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(since_1970).count();
    write(json, "latest_handshake", static_cast<std::uint64_t>(seconds));
  }
  write(json, "received_bytes", peer.received_bytes);
  write(json, "sent_bytes", peer.sent_bytes);
  write(json, "persistent_keepalive",
        static_cast<std::uint64_t>(peer.persistent_keepalive.count()));
  json.EndObject();
}

}  // namespace

std::string show_json(const NamedStatus& device) {
  const DeviceStatus& status = device.status;
  rapidjson::StringBuffer buffer;
  Writer json{buffer};
  json.StartObject();
  write(json, "interface", device.name);
  if (status.private_key) write(json, "public_key", status.private_key->public_key().to_base64());
  write(json, "listen_port", status.listen_port);
  write(json, "fwmark", status.fwmark);
  json.Key("peers");
  json.StartArray();
  for (const PeerStatus& peer : status.peers) write_peer(json, peer);
  json.EndArray();
  json.Key("drops");
  json.StartArray();
  for (const DropStatus& drop : status.drops) {
    json.StartObject();
    write(json, "reason", drop.reason);
    write(json, "count", drop.count);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return buffer.GetString();
}

}  // namespace culvert::control
