#include "capture/reader.hpp"

#include <fmt/format.h>

#include "capture/pcap_reader.hpp"
#include "capture/pcapng_reader.hpp"

namespace culvert::capture {
namespace {

/// The first bytes as a person would want to see them in an error.
std::string quoted(Bytes bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += byte >= 0x20 && byte < 0x7f ? std::string(1, static_cast<char>(byte))
                                        : fmt::format("\\x{:02x}", byte);
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<Reader>, FileError> Reader::open(std::unique_ptr<ByteSource> source) {
  Input input{std::move(source)};
  const Bytes start = input.peek(8);
  if (start.empty()) return failure(FileError{FileError::Kind::not_a_capture, "empty file"});
  if (start.size() >= 4) {
    if (auto reader = PcapReader::open(input)) return reader;
    if (auto reader = PcapngReader::open(input)) return reader;
    if (load_be32(start.first<4>()) == 0xa1b2cd34 || load_le32(start.first<4>()) == 0xa1b2cd34) {
      return failure(FileError{FileError::Kind::not_a_capture,
                               "the modified pcap format (magic a1b2cd34) is not supported"});
    }
  }
  return failure(FileError{
      FileError::Kind::not_a_capture,
      fmt::format("not a capture file (begins with \"{}\", not with a pcap or pcapng signature)",
                  quoted(start))});
}

}  // namespace culvert::capture
