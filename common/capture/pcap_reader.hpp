// PcapReader: the classic format, one link type a file, a header of 16 bytes before each packet.
#pragma once

#include "capture/reader.hpp"

namespace culvert::capture {

class PcapReader : public Reader {
 public:
  /// Takes `input` over if it begins with one of the four signatures; else leaves it alone and gives null.
  static std::unique_ptr<Reader> open(Input& input);

  Result<std::optional<CapturedPacket>, FileError> next() override;
  std::optional<std::uint64_t> repair() override;
  FileFormat format() const override { return FileFormat::pcap; }

 private:
  PcapReader(Input input, bool big_endian, bool nanoseconds);
  std::uint32_t load32(Field<4> bytes) const {
    return big_endian_ ? load_be32(bytes) : load_le32(bytes);
  }
  FileError damaged(std::string message);
  bool plausible(std::size_t at);

  Input input_;
  bool big_endian_;
  bool begun_ = false;
  bool ended_ = false;
  std::uint32_t seconds_ = 0;  // of the last packet
  std::uint64_t number_ = 0;   // of the packet being read, from 1
};

}  // namespace culvert::capture
