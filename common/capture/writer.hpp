// Writer: a capture file that tcpdump and Wireshark read. pcap for one link type; pcapng where the name says so.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capture/captured_packet.hpp"
#include "capture/reader.hpp"

namespace culvert::capture {

class Writer {
 public:
  struct Options {
    FileFormat format = FileFormat::pcap;
    bool nanoseconds = false;  // pcap: time stamps of nanoseconds; pcapng always has them
    std::uint16_t link_type = 1;
    std::uint32_t snap_length = max_captured_length;
  };

  /// Creates or overwrites the file ("-" is standard output) and writes its header. Throws std::system_error.
  static Writer create(const std::string& path, const Options& options);
  /// The same into a file that is open for writing, and is ours from now on; `path` is for messages.
  static Writer take(const std::string& path, int descriptor, const Options& options);
  /// pcapng if the name ends so, else pcap.
  static FileFormat format_by_name(const std::string& path);

  /// pcap files hold one link type: a packet of another is refused, with false. A pcapng file gets an interface for each
  /// device, label and link type. Throws std::system_error when the disk is full.
  bool write(const CapturedPacket& packet, std::string_view label = {});
  /// Puts keys into a pcapng file, so that whoever has it can decrypt what follows.
  void write_secrets(std::string_view key_log);
  std::uint64_t bytes_written() const { return bytes_written_; }
  void flush();
  int descriptor() const;

 private:
  struct Closer {
    void operator()(std::FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };
  Writer(std::string path, std::FILE* file, const Options& options);
  void write_pcap(const CapturedPacket& packet);
  void write_pcapng(const CapturedPacket& packet, std::string_view label);
  std::uint32_t interface_for(const CapturedPacket& packet, std::string_view label);
  void put(Bytes bytes);

  /// What one interface of a pcapng file stands for.
  struct Described {
    std::uint16_t link_type;
    std::string device;
    std::string label;
    bool operator==(const Described&) const = default;
  };

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  Options options_;
  std::vector<Described> interfaces_;
  std::uint64_t bytes_written_ = 0;
};

}  // namespace culvert::capture
