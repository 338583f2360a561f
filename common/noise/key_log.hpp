// A key log: with it Wireshark opens what was recorded. It is the one place of the whole project where secrets are written
// down, for learning; never for a tunnel that matters.   Wireshark's documentation, section "WireGuard", wg.keylog_file.
#pragma once

#include <string>

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

}  // namespace culvert::noise
