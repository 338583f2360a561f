// A key log: with it Wireshark opens what was recorded. It is the one place of the whole project where secrets are written
// down, for learning; never for a tunnel that matters.   Wireshark's documentation, section "WireGuard", wg.keylog_file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/keys.hpp"

namespace culvert::noise {

/// What one side knows about one handshake.
struct KeyLogRecord {
  crypto::PrivateKey local_static;
  crypto::PublicKey remote_static;
  crypto::PrivateKey local_ephemeral;
  crypto::PresharedKey preshared;
};

/// Four lines, in the order in which Wireshark wants them.
std::string to_string(const KeyLogRecord& record);

/// The way back, for a whole log. The error is a sentence that names the line, and never what stands there.
Result<std::vector<KeyLogRecord>, std::string> parse_key_log(std::string_view text);

}  // namespace culvert::noise
