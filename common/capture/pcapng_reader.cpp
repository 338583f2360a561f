#include "capture/pcapng_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace culvert::capture {
namespace {

constexpr std::uint32_t section_header = 0x0a0d0d0a;  // the same in both byte orders
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t packet_block = 2;  // obsolete, still found
constexpr std::uint32_t simple_packet_block = 3;
constexpr std::uint32_t enhanced_packet_block = 6;
constexpr std::uint32_t decryption_secrets_block = 10;
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

constexpr std::uint16_t option_end = 0;
constexpr std::uint16_t option_comment = 1;
constexpr std::uint16_t option_name = 2;         // of an interface
constexpr std::uint16_t option_description = 3;  // of an interface
constexpr std::uint16_t option_flags = 2;        // of a packet
constexpr std::uint16_t option_time_resolution = 9;
constexpr std::uint16_t option_time_offset = 14;

constexpr std::size_t block_overhead = 12;  // type and length in front, length again behind
constexpr std::size_t max_block = std::size_t{64}
                                  << 20;  // a length is not believed further than this

/// Powers of ten, or of two if the high bit is set; 0 where the result does not fit in 64 bits.
std::uint64_t ticks_per_second(std::uint8_t resolution) {
  const unsigned exponent = resolution & 0x7fu;
  if ((resolution & 0x80u) != 0) return exponent < 64 ? std::uint64_t{1} << exponent : 0;
  if (exponent > 19) return 0;
  std::uint64_t ticks = 1;
  for (unsigned i = 0; i < exponent; ++i) ticks *= 10;
  return ticks;
}

/// The lowest two bits of a packet's flags.
Direction direction_of(std::uint32_t flags) {
  switch (flags & 3u) {
    case 1:
      return Direction::in;
    case 2:
      return Direction::out;
    default:
      return Direction::both;
  }
}

/// Ticks since 1970 as nanoseconds, cut, not rounded; nothing if that does not fit in 64 bits.
std::optional<WallTime> to_time(std::uint64_t ticks, const Interface& interface) {
  if (interface.ticks_per_second == 0) return std::nullopt;
  __extension__ using Wide = __int128;
  const Wide rate = static_cast<Wide>(interface.ticks_per_second);
  const Wide whole = static_cast<Wide>(ticks) / rate + interface.offset_seconds;
  const Wide part = static_cast<Wide>(ticks) % rate * 1000000000 / rate;
  const Wide nanoseconds = whole * 1000000000 + part;
  if (nanoseconds < 0 || nanoseconds > std::numeric_limits<std::int64_t>::max())
    return std::nullopt;
  return WallTime{Duration{static_cast<Duration::rep>(nanoseconds)}};
}

}  // namespace

std::unique_ptr<Reader> PcapngReader::open(Input& input) {
  if (load_be32(input.peek(4).first<4>()) != section_header) return nullptr;
  return std::unique_ptr<Reader>{new PcapngReader{std::move(input)}};
}

FileError PcapngReader::damaged(std::string message) {
  ended_ = true;
  return FileError{FileError::Kind::damaged, std::move(message)};
}

FileError PcapngReader::too_short(const Block& block, std::string_view what, std::size_t needed) {
  return damaged(fmt::format("{} at byte {} is too short: {} bytes needed, {} there", what,
                             block.at, needed, block.body.size()));
}

Result<std::optional<PcapngReader::Block>, FileError> PcapngReader::next_block() {
  input_.skip(consumed_);
  consumed_ = 0;
  const std::uint64_t at = input_.position();
  const Bytes head = input_.peek(12);
  if (head.empty()) return std::nullopt;
  if (head.size() < 12) {
    return failure(damaged(fmt::format(
        "cut short in a block header at byte {}: 12 bytes expected, {} there", at, head.size())));
  }
  // A section header tells in its third word which byte order its second is in.
  if (load_be32(head.first<4>()) == section_header) {
    const auto magic = head.subspan<8, 4>();
    if (load_be32(magic) != byte_order_magic && load_le32(magic) != byte_order_magic) {
      return failure(damaged(
          fmt::format("section at byte {}: unknown byte-order magic {}", at, to_hex(magic))));
    }
    big_endian_ = load_be32(magic) == byte_order_magic;
  }
  const std::uint32_t type = load32(head);
  const std::size_t length = load32(head.subspan(4));
  if (length < block_overhead || length > max_block) {
    return failure(damaged(fmt::format("block at byte {} claims {} bytes, {} to {} are possible",
                                       at, length, block_overhead, max_block)));
  }
  // A block is padded to 4 bytes even where a careless writer left that out of its length.
  const Bytes block = input_.peek(length);
  if (block.size() < length) {
    return failure(
        damaged(fmt::format("cut short in the block at byte {}: {} bytes announced, {} there", at,
                            length, block.size())));
  }
  consumed_ = length;
  return Block{type, at, block.subspan(8, length - block_overhead)};
}

Result<std::optional<CapturedPacket>, FileError> PcapngReader::next() {
  while (!ended_) {
    const auto block = next_block();
    if (!block) return failure(block.error());
    if (!*block) break;
    std::optional<FileError> error;
    switch ((*block)->type) {
      case section_header:
        error = begin_section(**block);
        break;
      case interface_description:
        error = describe_interface(**block);
        break;
      case enhanced_packet_block:
        return enhanced_packet(**block);
      case packet_block:
        return old_packet(**block);
      case decryption_secrets_block:
        remember_secrets(**block);
        break;
      case simple_packet_block:
        return simple_packet(**block);
      default:
        break;  // names, statistics, other secrets, comments of others: not packets
    }
    if (error) return failure(*error);
  }
  ended_ = true;
  return std::nullopt;
}

std::optional<FileError> PcapngReader::begin_section(const Block& block) {
  if (block.body.size() < 16) return too_short(block, "section header", 16);
  const std::uint16_t major = load16(block.body.subspan(4));
  if (major != 1) {
    return damaged(fmt::format("section at byte {} has version {}.{}, 1.0 is the one known",
                               block.at, major, load16(block.body.subspan(6))));
  }
  ++sections_;
  interfaces_.clear();
  return std::nullopt;
}

template <class Use>
void PcapngReader::for_each_option(Bytes rest, Use use) const {
  while (rest.size() >= 4) {
    const std::uint16_t code = load16(rest);
    const std::size_t length = load16(rest.subspan(2));
    const std::size_t padded = (length + 3) / 4 * 4;
    rest = rest.subspan(4);
    if (code == option_end || rest.size() < length) return;
    use(code, rest.first(length));
    rest = rest.subspan(std::min(padded, rest.size()));
  }
}

void PcapngReader::remember_secrets(const Block& block) {
  if (block.body.size() < 8 || load32(block.body) != wireguard_key_log) return;
  const std::size_t length = load32(block.body.subspan(4));
  const Bytes text = block.body.subspan(8, std::min(length, block.body.size() - 8));
  secrets_.append(text.begin(), text.end());
}

std::optional<FileError> PcapngReader::describe_interface(const Block& block) {
  if (block.body.size() < 8) return too_short(block, "interface description", 8);
  Interface interface {
    .link_type = load16(block.body), .snap_length = load32(block.body.subspan(4)), .name = {}
  };
  for_each_option(block.body.subspan(8), [&](std::uint16_t code, Bytes value) {
    if (code == option_name) interface.name.assign(value.begin(), value.end());
    if (code == option_description) interface.description.assign(value.begin(), value.end());
    if (code == option_time_resolution && !value.empty())
      interface.ticks_per_second = ticks_per_second(value[0]);
    if (code == option_time_offset && value.size() >= 8)
      interface.offset_seconds = static_cast<std::int64_t>(load64(value));
  });
  nanoseconds_ = nanoseconds_ || interface.ticks_per_second > 1000000;
  interfaces_.push_back(std::move(interface));
  return std::nullopt;
}

PcapngReader::MaybePacket PcapngReader::enhanced_packet(const Block& block) {
  if (block.body.size() < 20) return failure(too_short(block, "packet block", 20));
  const std::uint64_t ticks =
      std::uint64_t{load32(block.body.subspan(4))} << 32 | load32(block.body.subspan(8));
  auto result = packet(block, load32(block.body), ticks, load32(block.body.subspan(12)),
                       load32(block.body.subspan(16)), block.body.subspan(20));
  if (!result) return result;
  CapturedPacket& captured = **result;
  const std::size_t padded = 20 + (captured.bytes.size() + 3) / 4 * 4;
  if (padded < block.body.size()) {
    for_each_option(block.body.subspan(padded), [&](std::uint16_t code, Bytes value) {
      if (code == option_comment)
        captured.comment = {reinterpret_cast<const char*>(value.data()), value.size()};
      if (code == option_flags && value.size() >= 4)
        captured.direction = direction_of(load32(value));
    });
  }
  return result;
}

PcapngReader::MaybePacket PcapngReader::old_packet(const Block& block) {
  if (block.body.size() < 20) return failure(too_short(block, "packet block", 20));
  const std::uint64_t ticks =
      std::uint64_t{load32(block.body.subspan(4))} << 32 | load32(block.body.subspan(8));
  return packet(block, load16(block.body), ticks, load32(block.body.subspan(12)),
                load32(block.body.subspan(16)), block.body.subspan(20));
}

PcapngReader::MaybePacket PcapngReader::simple_packet(const Block& block) {
  if (block.body.size() < 4) return failure(too_short(block, "simple packet block", 4));
  const std::uint32_t wire_length = load32(block.body);
  std::uint32_t captured = std::min(wire_length, static_cast<std::uint32_t>(block.body.size() - 4));
  if (!interfaces_.empty() && interfaces_[0].snap_length != 0) {
    captured = std::min(captured, interfaces_[0].snap_length);
  }
  auto result = packet(block, 0, 0, captured, wire_length, block.body.subspan(4));
  if (result && *result) (*result)->time.reset();  // this kind of block has no room for a time
  return result;
}

PcapngReader::MaybePacket PcapngReader::packet(const Block& block, std::uint32_t interface,
                                               std::uint64_t ticks, std::uint32_t captured,
                                               std::uint32_t wire_length, Bytes data) {
  ++number_;
  if (interface >= interfaces_.size()) {
    return failure(
        damaged(fmt::format("packet {} at byte {} names interface {}, {} described so far", number_,
                            block.at, interface, interfaces_.size())));
  }
  if (captured > max_captured_length) {
    return failure(
        damaged(fmt::format("packet {} at byte {} claims {} bytes, more than the limit of {}",
                            number_, block.at, captured, max_captured_length)));
  }
  if (captured > data.size()) {
    return failure(damaged(fmt::format("packet {} at byte {} claims {} bytes, its block has {}",
                                       number_, block.at, captured, data.size())));
  }
  return CapturedPacket{.bytes = data.first(captured),
                        .wire_length = wire_length,
                        .time = to_time(ticks, interfaces_[interface]),
                        .link_type = interfaces_[interface].link_type,
                        .section = sections_ - 1,
                        .interface = interface,
                        .device = interfaces_[interface].name};
}

/// A kind that we know, with its length in front and behind.
bool PcapngReader::block_begins_here() {
  const Bytes head = input_.peek(block_overhead);
  if (head.size() < block_overhead) return false;
  const std::uint32_t type = load32(head);
  const bool known = type == interface_description || type == enhanced_packet_block ||
                     type == simple_packet_block || load_be32(head.first<4>()) == section_header;
  const std::size_t length = load32(head.subspan(4));
  if (!known || length < block_overhead || length % 4 != 0 || length > 2 * max_captured_length)
    return false;
  const Bytes block = input_.peek(length);
  return block.size() == length && load32(block.last(4)) == length;
}

std::optional<std::uint64_t> PcapngReader::repair() {
  if (sections_ == 0) return std::nullopt;
  const std::uint64_t begin = input_.position();
  input_.skip(consumed_ > 0 ? consumed_ : 1);
  consumed_ = 0;
  for (; !input_.peek(block_overhead).empty(); input_.skip(1)) {
    if (!block_begins_here()) continue;
    ended_ = false;
    return input_.position() - begin;
  }
  return std::nullopt;
}

}  // namespace culvert::capture
