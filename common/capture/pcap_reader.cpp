#include "capture/pcap_reader.hpp"

#include <fmt/format.h>

namespace culvert::capture {
namespace {

constexpr std::uint32_t magic_microseconds = 0xa1b2c3d4;
constexpr std::uint32_t magic_nanoseconds = 0xa1b23c4d;
constexpr std::size_t file_header_size = 24;
constexpr std::size_t record_header_size = 16;

}  // namespace

std::unique_ptr<Reader> PcapReader::open(Input& input) {
  const auto magic = input.peek(4).first<4>();
  for (const bool big_endian : {false, true}) {
    const std::uint32_t number = big_endian ? load_be32(magic) : load_le32(magic);
    if (number == magic_microseconds || number == magic_nanoseconds) {
      return std::unique_ptr<Reader>{
          new PcapReader{std::move(input), big_endian, number == magic_nanoseconds}};
    }
  }
  return nullptr;
}

PcapReader::PcapReader(Input input, bool big_endian, bool nanoseconds)
    : input_(std::move(input)), big_endian_(big_endian) {
  nanoseconds_ = nanoseconds;
}

FileError PcapReader::damaged(std::string message) {
  ended_ = true;
  return FileError{FileError::Kind::damaged, std::move(message)};
}

Result<std::optional<CapturedPacket>, FileError> PcapReader::next() {
  if (ended_) return std::nullopt;
  if (!begun_) {
    const Bytes header = input_.peek(file_header_size);
    if (header.size() < file_header_size) {
      return failure(
          damaged(fmt::format("cut short in the file header: {} bytes expected, {} there",
                              file_header_size, header.size())));
    }
    const std::uint32_t link_type = load32(header.subspan<20, 4>());
    interfaces_.push_back({.link_type = static_cast<std::uint16_t>(link_type),
                           .snap_length = load32(header.subspan<16, 4>()),
                           .name = {},
                           .ticks_per_second = nanoseconds_ ? 1000000000u : 1000000u});
    input_.skip(file_header_size);
    begun_ = true;
  }

  ++number_;
  const std::uint64_t at = input_.position();
  const Bytes header = input_.peek(record_header_size);
  if (header.empty()) {
    ended_ = true;
    return std::nullopt;
  }
  if (header.size() < record_header_size) {
    return failure(damaged(
        fmt::format("cut short in packet {}: its header has {} bytes, {} there (at byte {})",
                    number_, record_header_size, header.size(), at)));
  }
  const std::uint64_t seconds = load32(header.subspan<0, 4>());
  const std::uint64_t fraction = load32(header.subspan<4, 4>());
  const std::uint32_t captured = load32(header.subspan<8, 4>());
  const std::uint32_t wire_length = load32(header.subspan<12, 4>());
  if (captured > max_captured_length) {
    return failure(
        damaged(fmt::format("packet {} at byte {} claims {} bytes, more than the limit of {}",
                            number_, at, captured, max_captured_length)));
  }
  const Bytes record = input_.peek(record_header_size + captured);
  if (record.size() < record_header_size + captured) {
    return failure(damaged(
        fmt::format("cut short in packet {}: {} bytes announced, {} there (at byte {})", number_,
                    captured, record.size() - record_header_size, at + record_header_size)));
  }
  input_.skip(record.size());
  seconds_ = static_cast<std::uint32_t>(seconds);
  const std::uint64_t nanoseconds = seconds * 1000000000 + fraction * (nanoseconds_ ? 1 : 1000);
  return CapturedPacket{.bytes = record.subspan(record_header_size),
                        .wire_length = wire_length,
                        .time = WallTime{Duration{static_cast<Duration::rep>(nanoseconds)}},
                        .link_type = interfaces_[0].link_type};
}

/// Whether a record may begin so many bytes further on: sizes that are possible, and a time within a day of the last packet.
bool PcapReader::plausible(std::size_t at) {
  const Bytes here = input_.peek(at + record_header_size);
  if (here.size() < at + record_header_size) return false;
  const Bytes header = here.subspan(at);
  constexpr std::uint32_t day = 86400;
  const std::uint32_t seconds = load32(header.subspan<0, 4>());
  const std::uint32_t fraction = load32(header.subspan<4, 4>());
  const std::uint32_t captured = load32(header.subspan<8, 4>());
  const std::uint32_t wire_length = load32(header.subspan<12, 4>());
  const bool near = seconds_ == 0 || (seconds + day >= seconds_ && seconds <= seconds_ + day);
  return near && fraction < (nanoseconds_ ? 1000000000u : 1000000u) && captured > 0 &&
         captured <= wire_length && captured <= max_captured_length &&
         wire_length <= max_captured_length;
}

std::optional<std::uint64_t> PcapReader::repair() {
  if (!begun_) return std::nullopt;
  const std::uint64_t begin = input_.position();
  for (input_.skip(1); input_.peek(record_header_size).size() == record_header_size;
       input_.skip(1)) {
    if (!plausible(0)) continue;
    // One header may look so by chance. Behind its packet another one has to follow, or the end of the file.
    const std::size_t record = record_header_size + load32(input_.peek(12).subspan<8, 4>());
    const std::size_t there = input_.peek(record + 1).size();
    if (there < record || (there > record && !plausible(record))) continue;
    ended_ = false;
    return input_.position() - begin;
  }
  return std::nullopt;
}

}  // namespace culvert::capture
