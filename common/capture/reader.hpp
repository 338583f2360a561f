// Reader: the packets of a pcap or pcapng file, in any byte order and resolution, with errors that name record and byte.
// Our own, because libpcap refuses files whose interfaces differ in link type, and tells no interface names.
// Formats: draft-ietf-opsawg-pcap and draft-ietf-opsawg-pcapng.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "capture/captured_packet.hpp"
#include "capture/input.hpp"

namespace culvert::capture {

enum class FileFormat { pcap, pcapng };

struct FileError {
  enum class Kind {
    not_a_capture,  // nothing could be read at all
    damaged,        // everything before the damage was read
  };
  Kind kind;
  std::string message;  // without the file's name: "cut short in packet 2: ..."
};

struct Interface {
  std::uint16_t link_type = 1;
  std::uint32_t snap_length = 0;
  std::string name;  // empty where the file does not say
  std::string description = {};
  std::uint64_t ticks_per_second = 1000000;  // of its time stamps
  std::int64_t offset_seconds = 0;           // to be added to them
};

/// Reads one file from its beginning to its end: `while (true) { auto packet = reader->next(); ... }`
class Reader {
 public:
  virtual ~Reader() = default;

  /// Recognises the format by its first bytes. Throws std::system_error if reading itself fails.
  static Result<std::unique_ptr<Reader>, FileError> open(std::unique_ptr<ByteSource> source);

  /// The next packet, nothing at the end of the file, or what is wrong with it; after an error there is no more.
  virtual Result<std::optional<CapturedPacket>, FileError> next() = 0;

  /// After damage: looks for the next record that is plausible, and says how many bytes were stepped over; then next() goes
  /// on. Nothing if there is none.
  virtual std::optional<std::uint64_t> repair() = 0;

  virtual FileFormat format() const = 0;
  /// The interfaces that the current section has described so far; a pcap file has one.
  const std::vector<Interface>& interfaces() const { return interfaces_; }
  /// Texts of WireGuard keys that the file brought along so far (pcapng Decryption Secrets Blocks), as in a key log.
  const std::string& secrets() const { return secrets_; }
  /// True if any time stamp so far may be finer than microseconds.
  bool has_nanoseconds() const { return nanoseconds_; }

 protected:
  std::vector<Interface> interfaces_;
  std::string secrets_;
  bool nanoseconds_ = false;
};

/// Packets larger than this are damage: libpcap's own limit.
constexpr std::uint32_t max_captured_length = 262144;

/// "WGKL": the secrets type of WireGuard key logs.
constexpr std::uint32_t wireguard_key_log = 0x57474b4c;

}  // namespace culvert::capture
