#include "fuzz/seeds.hpp"

#include <algorithm>
#include <fstream>
#include <string>

#include "support/bytes.hpp"
#include "support/random_packet.hpp"

namespace culvert::fuzz {
namespace {

using test::Buffer;

/// Hex in a file; a line that begins with # is for the reader.
Buffer read_hex(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::string hex;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('#')) hex += line;
  }
  return test::bytes(hex);
}

void add_with_layers(std::vector<Buffer>& all, const Buffer& packet, wire::LinkType link) {
  all.push_back(packet);
  const auto layers = wire::Packet::walk(packet, link);
  for (const wire::LayerAt& at : layers.layers()) {
    const Bytes inner = layers.bytes_of(at);
    if (at.offset != 0) all.emplace_back(inner.begin(), inner.end());
  }
}

}  // namespace

std::vector<Buffer> seeds(const std::filesystem::path& corpus) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{corpus})
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());  // the order of a directory is nobody's promise

  std::vector<Buffer> all;
  for (const auto& file : files) {
    const bool raw = file.filename().string().starts_with("ip");
    add_with_layers(all, read_hex(file), raw ? wire::LinkType::raw_ip : wire::LinkType::ethernet);
  }
  test::SeededRandom random{1};
  for (int i = 0; i < 40; ++i)
    add_with_layers(all, test::random_packet(random), wire::LinkType::raw_ip);
  return all;
}

}  // namespace culvert::fuzz
