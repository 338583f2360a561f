// PcapngReader: blocks of type, length, body, length. A section names its byte order; interfaces are described in it; each
// packet names its interface.
#pragma once

#include "capture/reader.hpp"

namespace culvert::capture {

class PcapngReader : public Reader {
 public:
  /// Takes `input` over if it begins with a section header; else leaves it alone and gives null.
  static std::unique_ptr<Reader> open(Input& input);

  Result<std::optional<CapturedPacket>, FileError> next() override;
  std::optional<std::uint64_t> repair() override;
  FileFormat format() const override { return FileFormat::pcapng; }

 private:
  explicit PcapngReader(Input input) : input_(std::move(input)) {}

  /// One block: its type, and its body without lengths.
  struct Block {
    std::uint32_t type;
    std::uint64_t at;  // where it begins in the file
    Bytes body;
  };
  using MaybePacket = Result<std::optional<CapturedPacket>, FileError>;

  Result<std::optional<Block>, FileError> next_block();
  std::optional<FileError> begin_section(const Block& block);
  std::optional<FileError> describe_interface(const Block& block);
  void remember_secrets(const Block& block);
  /// Calls `use(code, value)` for each option in `rest`, as far as they are sound.
  template <class Use>
  void for_each_option(Bytes rest, Use use) const;
  MaybePacket enhanced_packet(const Block& block);
  MaybePacket old_packet(const Block& block);
  MaybePacket simple_packet(const Block& block);
  MaybePacket packet(const Block& block, std::uint32_t interface, std::uint64_t ticks,
                     std::uint32_t captured, std::uint32_t wire_length, Bytes data);
  FileError too_short(const Block& block, std::string_view what, std::size_t needed);
  FileError damaged(std::string message);
  bool block_begins_here();

  std::uint16_t load16(Bytes b) const {
    return big_endian_ ? load_be16(b.first<2>()) : load_le16(b.first<2>());
  }
  std::uint32_t load32(Bytes b) const {
    return big_endian_ ? load_be32(b.first<4>()) : load_le32(b.first<4>());
  }
  std::uint64_t load64(Bytes b) const {
    return big_endian_ ? load_be64(b.first<8>()) : load_le64(b.first<8>());
  }

  Input input_;
  bool big_endian_ = false;
  bool ended_ = false;
  std::uint32_t sections_ = 0;
  std::uint64_t number_ = 0;  // of the packet being read, from 1
  std::size_t consumed_ = 0;  // of the block that the last call showed
};

}  // namespace culvert::capture
