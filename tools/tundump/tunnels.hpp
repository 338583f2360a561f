// Tunnels: looks into them. A packet inside a packet is found as it is; WireGuard's are opened with a key log.
#pragma once

#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capture/captured_packet.hpp"
#include "noise/recorded_sessions.hpp"
#include "tunnel/replay_window.hpp"
#include "wire/packet.hpp"

namespace culvert::tundump {

/// What is inside a packet, if anything is, and what is to be said about it.
struct Inside {
  std::optional<capture::CapturedPacket> packet;  // as raw IP; its bytes last until the next look
  std::string remark;                             // "tag right"; empty if there is nothing to say
};

/// The packet from its first IP header on, as raw IP; as it is if there is none.
capture::CapturedPacket without_link(const capture::CapturedPacket& captured,
                                     const wire::Packet& packet);

class Tunnels {
 public:
  /// Throws std::runtime_error with the line if the file is no key log.
  void use_key_log_file(const std::string& path);
  /// Keys that a capture file brought along.
  void use_key_log_text(const std::string& text, const std::string& from);
  bool has_keys() const { return !key_log_.empty(); }
  /// All that was read so far, to be written into a capture.
  const std::string& key_log() const { return key_log_; }

  /// Every packet of every source has to be shown, in its order: handshakes are remembered.
  Inside look(const capture::CapturedPacket& captured, const wire::Packet& packet,
              std::size_t source);

 private:
  Inside open(const capture::CapturedPacket& captured, Bytes message, std::size_t source);
  void read_more();

  noise::RecordedSessions sessions_;
  std::string path_;
  std::ifstream file_;  // stays open: after -Z it could not be opened again
  std::string key_log_;
  std::streamoff read_ = 0;  // so much of the file
  std::vector<std::uint8_t> opened_;
  std::map<std::pair<std::size_t, std::uint32_t>, tunnel::ReplayWindow>
      windows_;  // by source and session
};

}  // namespace culvert::tundump
