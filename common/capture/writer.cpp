#include "capture/writer.hpp"

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

}  // namespace

FileFormat Writer::format_by_name(const std::string& path) {
  constexpr std::string_view ending = ".pcapng";
  const bool ng = path.size() >= ending.size() &&
                  path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
  return ng ? FileFormat::pcapng : FileFormat::pcap;
}

Writer Writer::create(const std::string& path, const Options& options) {
  std::FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "wbe");
  if (file == nullptr) throw std::system_error(errno, std::generic_category(), path);
  return Writer{path, file, options};
}

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
}

void Writer::flush() {
  if (std::fflush(file_.get()) != 0) throw std::system_error(errno, std::generic_category(), path_);
}

bool Writer::write(const CapturedPacket& packet) {
  if (options_.format == FileFormat::pcapng) {
    write_pcapng(packet);
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

std::uint32_t Writer::interface_for(std::uint16_t link_type) {
  const auto known = std::find(interfaces_.begin(), interfaces_.end(), link_type);
  if (known != interfaces_.end()) return static_cast<std::uint32_t>(known - interfaces_.begin());
  // Interface description with one option: time stamps count nanoseconds (if_tsresol 9).
  put(Words<32>{}
          .u32(1)
          .u32(32)
          .u16(link_type)
          .u16(0)
          .u32(options_.snap_length)
          .u16(9)
          .u16(1)
          .u32(9)
          .u32(0)
          .u32(32)
          .bytes());
  interfaces_.push_back(link_type);
  return static_cast<std::uint32_t>(interfaces_.size() - 1);
}

void Writer::write_pcapng(const CapturedPacket& packet) {
  const std::uint32_t interface = interface_for(packet.link_type);
  const auto captured = static_cast<std::uint32_t>(packet.bytes.size());
  const std::uint32_t padding = (4 - captured % 4) % 4;
  constexpr std::array<std::uint8_t, 4> zeros{};
  if (!packet.time) {
    // A Simple Packet Block is the only kind without a time, but it belongs to interface 0 and cannot say how much was
    // captured: only a whole packet of the first interface can be written so.
    if (interface == 0 && captured == packet.wire_length) {
      const std::uint32_t length = 16 + captured + padding;
      put(Words<12>{}.u32(3).u32(length).u32(packet.wire_length).bytes());
      put(packet.bytes);
      put(Bytes{zeros}.first(padding));
      put(Words<4>{}.u32(length).bytes());
      return;
    }
  }
  const std::uint64_t time =
      packet.time ? static_cast<std::uint64_t>(packet.time->time_since_epoch().count()) : 0;
  const std::uint32_t length = 32 + captured + padding;
  put(Words<28>{}
          .u32(6)
          .u32(length)
          .u32(interface)
          .u32(static_cast<std::uint32_t>(time >> 32))
          .u32(static_cast<std::uint32_t>(time))
          .u32(captured)
          .u32(packet.wire_length)
          .bytes());
  put(packet.bytes);
  put(Bytes{zeros}.first(padding));
  put(Words<4>{}.u32(length).bytes());
}

}  // namespace culvert::capture
