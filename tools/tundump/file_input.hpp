// FileInput: one capture file, and its next packet.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "capture/reader.hpp"
#include "input_name.hpp"
#include "source.hpp"

namespace culvert::tundump {

class FileInput {
 public:
  /// Opens the file and reads as far as its first packet. Throws std::runtime_error with a sentence if that fails.
  /// `repair`: behind damage, look for the next plausible packet and go on.
  /// `may_read` is asked before each read; after its "no" there is no packet more, and nothing wrong with that.
  explicit FileInput(InputName name, bool repair = false, capture::MayRead may_read = {});

  /// None at the end of the file, or where it is damaged for good.
  const std::optional<capture::CapturedPacket>& packet() const { return packet_; }
  /// What was wrong first, if anything was, and what it cost.
  std::optional<std::string> error() const;
  /// Whether something may follow behind the damage that nobody has looked for yet.
  bool may_go_on() const { return !repair_ && may_go_on_; }
  void advance();

  /// Keys that the file brought along and that were not asked for yet; usually empty.
  std::string take_secrets();

  const InputName& name() const { return name_; }
  Source source() const;

 private:
  InputName name_;
  std::shared_ptr<bool> stopped_ = std::make_shared<bool>(false);
  std::unique_ptr<capture::Reader> reader_;
  std::optional<capture::CapturedPacket> packet_;
  bool repair_;
  std::optional<std::string> error_;
  bool may_go_on_ = false;
  std::uint64_t repairs_ = 0;
  std::uint64_t skipped_ = 0;  // bytes
  std::size_t secrets_taken_ = 0;
};

}  // namespace culvert::tundump
