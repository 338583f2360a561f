// Writer: a capture file that tcpdump and Wireshark read. pcap for one link type; pcapng where the name says so.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
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
  /// pcapng if the name ends so, else pcap.
  static FileFormat format_by_name(const std::string& path);

  /// pcap files hold one link type: a packet of another is refused, with false. Throws std::system_error when the disk is full.
  bool write(const CapturedPacket& packet);
  void flush();

 private:
  struct Closer {
    void operator()(std::FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };
  Writer(std::string path, std::FILE* file, const Options& options);
  void write_pcap(const CapturedPacket& packet);
  void write_pcapng(const CapturedPacket& packet);
  std::uint32_t interface_for(std::uint16_t link_type);
  void put(Bytes bytes);

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  Options options_;
  std::vector<std::uint16_t> interfaces_;  // pcapng: the link type of each that has been described
};

}  // namespace culvert::capture
