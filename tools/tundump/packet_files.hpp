// PacketFiles: what -w writes: one file, or with -C and -G one after the other.
#pragma once

#include <string>
#include <string_view>

#include "capture/writer.hpp"
#include "io/account.hpp"
#include "io/clock.hpp"
#include "io/file_descriptor.hpp"
#include "rotation.hpp"

namespace culvert::tundump {

class PacketFiles {
 public:
  /// Opens the first file, and the folder in which the others will be. Throws std::system_error.
  PacketFiles(const Rotation::Rules& rules, const capture::Writer::Options& format);

  enum class Written { yes, wrong_link_type, full };
  /// Begins a further file first if it is time for one. `full`: -W's last file is written, and so is not this packet.
  Written write(const capture::CapturedPacket& packet, std::string_view label);
  /// Into this file, and at the beginning of each that follows.
  void write_secrets(const std::string& key_log);
  void flush() { writer_.flush(); }

  /// What was opened so far becomes this user's.
  void give_to(const io::Account& account) const;
  /// Whether we, as who we are now, can make the files to come; true if there are none.
  bool can_go_on() const;
  const std::string& folder_name() const { return folder_name_; }

 private:
  capture::Writer open_file();

  bool rotates_;
  capture::Writer::Options format_;
  Rotation rotation_;
  std::string folder_name_;
  io::FileDescriptor folder_;  // still ours when the way to it is closed to us
  std::string secrets_;
  capture::Writer writer_;
};

}  // namespace culvert::tundump
