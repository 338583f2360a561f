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
  explicit FileInput(InputName name);

  /// None at the end of the file, or where it is damaged: then there is an error().
  const std::optional<capture::CapturedPacket>& packet() const { return packet_; }
  const std::optional<std::string>& error() const { return error_; }
  void advance();

  /// Keys that the file brought along and that were not asked for yet; usually empty.
  std::string take_secrets();

  const InputName& name() const { return name_; }
  Source source() const;

 private:
  InputName name_;
  std::unique_ptr<capture::Reader> reader_;
  std::optional<capture::CapturedPacket> packet_;
  std::optional<std::string> error_;
  std::size_t secrets_taken_ = 0;
};

}  // namespace culvert::tundump
