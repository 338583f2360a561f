#include "capture/writer.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace culvert::capture {
namespace {

/// Collects little-endian words: every file that we write is in that order.
template <std::size_t size>
class Words {
 public:
  Words& u16(std::uint16_t value) {
    store_le16(MutableBytes{bytes_}.subspan(at_).template first<2>(), value);
    at_ += 2;
    return *this;
  }
  Words& u32(std::uint32_t value) {
    store_le32(MutableBytes{bytes_}.subspan(at_).template first<4>(), value);
    at_ += 4;
    return *this;
  }
  Bytes bytes() const { return Bytes{bytes_}.first(at_); }

 private:
  std::array<std::uint8_t, size> bytes_{};
  std::size_t at_ = 0;
};

constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t simple_packet = 3;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t decryption_secrets = 10;

Bytes text_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// One block of a pcapng file: type, length, content, length again; everything in words of 4 bytes.
class Block {
 public:
  explicit Block(std::uint32_t type) { u32(type).u32(0); }

  Block& u16(std::uint16_t value) { return add(Words<2>{}.u16(value).bytes()); }
  Block& u32(std::uint32_t value) { return add(Words<4>{}.u32(value).bytes()); }
  Block& padded(Bytes bytes) {
    add(bytes);
    bytes_.resize((bytes_.size() + 3) / 4 * 4);
    return *this;
  }
  Block& option(std::uint16_t code, Bytes value) {
    const Bytes shortened = value.first(std::min<std::size_t>(value.size(), 0xffff));
    return u16(code).u16(static_cast<std::uint16_t>(shortened.size())).padded(shortened);
  }
  Block& end_of_options() { return u32(0); }

  Bytes whole() {
    const auto length = static_cast<std::uint32_t>(bytes_.size() + 4);
    store_le32(MutableBytes{bytes_}.subspan<4, 4>(), length);
    u32(length);
    return bytes_;
  }

 private:
  Block& add(Bytes bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }

  std::vector<std::uint8_t> bytes_;
};

}  // namespace

FileFormat Writer::format_by_name(const std::string& path) {
  constexpr std::string_view ending = ".pcapng";
  const bool ng = path.size() >= ending.size() &&
                  path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
  return ng ? FileFormat::pcapng : FileFormat::pcap;
}

Writer Writer::create(const std::string& path, const Options& options) {
  if (path == "-") return Writer{path, stdout, options};
  return take(path, ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), options);
}

Writer Writer::take(const std::string& path, int descriptor, const Options& options) {
  std::FILE* file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
  if (file == nullptr) throw std::system_error(errno, std::generic_category(), path);
  return Writer{path, file, options};
}

int Writer::descriptor() const { return ::fileno(file_.get()); }

Writer::Writer(std::string path, std::FILE* file, const Options& options)
    : path_(std::move(path)), file_(file), options_(options) {
  if (options_.format == FileFormat::pcap) {
    put(Words<24>{}
            .u32(options_.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4)
            .u16(2)
            .u16(4)
            .u32(0)
            .u32(0)
            .u32(options_.snap_length)
            .u32(options_.link_type)
            .bytes());
  } else {
    // Section header of unknown length (all ones), version 1.0.
    put(Words<28>{}
            .u32(0x0a0d0d0a)
            .u32(28)
            .u32(0x1a2b3c4d)
            .u16(1)
            .u16(0)
            .u32(~0u)
            .u32(~0u)
            .u32(28)
            .bytes());
  }
}

void Writer::put(Bytes bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    throw std::system_error(errno, std::generic_category(), path_);
  }
  bytes_written_ += bytes.size();
}

void Writer::flush() {
  if (std::fflush(file_.get()) != 0) throw std::system_error(errno, std::generic_category(), path_);
}

bool Writer::write(const CapturedPacket& packet, std::string_view label) {
  if (options_.format == FileFormat::pcapng) {
    write_pcapng(packet, label);
    return true;
  }
  if (packet.link_type != options_.link_type) return false;
  write_pcap(packet);
  return true;
}

void Writer::write_pcap(const CapturedPacket& packet) {
  const std::uint64_t time =
      packet.time ? static_cast<std::uint64_t>(packet.time->time_since_epoch().count()) : 0;
  const auto fraction = static_cast<std::uint32_t>(time % 1000000000);
  put(Words<16>{}
          .u32(static_cast<std::uint32_t>(time / 1000000000))
          .u32(options_.nanoseconds ? fraction : fraction / 1000)
          .u32(static_cast<std::uint32_t>(packet.bytes.size()))
          .u32(packet.wire_length)
          .bytes());
  put(packet.bytes);
}

std::uint32_t Writer::interface_for(const CapturedPacket& packet, std::string_view label) {
  const Described wanted{packet.link_type, std::string{packet.device}, std::string{label}};
  const auto known = std::find(interfaces_.begin(), interfaces_.end(), wanted);
  if (known != interfaces_.end()) return static_cast<std::uint32_t>(known - interfaces_.begin());
  Block block{interface_description};
  block.u16(packet.link_type).u16(0).u32(options_.snap_length);
  if (!wanted.device.empty()) block.option(2, text_bytes(wanted.device));
  if (!wanted.label.empty()) block.option(3, text_bytes(wanted.label));
  constexpr std::uint8_t nanoseconds[] = {9};
  block.option(9, nanoseconds).end_of_options();
  put(block.whole());
  interfaces_.push_back(wanted);
  return static_cast<std::uint32_t>(interfaces_.size() - 1);
}

void Writer::write_secrets(std::string_view key_log) {
  if (options_.format != FileFormat::pcapng) return;
  Block block{decryption_secrets};
  block.u32(wireguard_key_log).u32(static_cast<std::uint32_t>(key_log.size()));
  put(block.padded(text_bytes(key_log)).whole());
}

void Writer::write_pcapng(const CapturedPacket& packet, std::string_view label) {
  const std::uint32_t interface = interface_for(packet, label);
  // A Simple Packet Block is the only kind without a time, but it belongs to interface 0 and cannot say how much was
  // captured: only a whole packet of the first interface can be written so.
  if (!packet.time && interface == 0 && packet.bytes.size() == packet.wire_length) {
    put(Block{simple_packet}.u32(packet.wire_length).padded(packet.bytes).whole());
    return;
  }
  const auto time =
      packet.time ? static_cast<std::uint64_t>(packet.time->time_since_epoch().count()) : 0;
  Block block{enhanced_packet};
  block.u32(interface)
      .u32(static_cast<std::uint32_t>(time >> 32))
      .u32(static_cast<std::uint32_t>(time))
      .u32(static_cast<std::uint32_t>(packet.bytes.size()))
      .u32(packet.wire_length)
      .padded(packet.bytes);
  const bool directed = packet.direction != Direction::both;
  if (!packet.comment.empty()) block.option(1, text_bytes(packet.comment));
  if (directed) {
    const std::uint8_t flags[] = {
        packet.direction == Direction::in ? std::uint8_t{1} : std::uint8_t{2}, 0, 0, 0};
    block.option(2, flags);
  }
  if (directed || !packet.comment.empty()) block.end_of_options();
  put(block.whole());
}

}  // namespace culvert::capture
