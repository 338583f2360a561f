// Every capture, cut at every byte (large ones at 200 places), ends in a clear message and shows what came before the cut.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "support/show_capture.hpp"

using namespace culvert;

namespace {

constexpr std::size_t small_file = 4096;
constexpr std::size_t places_in_large = 200;

std::vector<std::uint8_t> read_file(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// A sentence on what broke, or nothing.
std::string complaint(const test::Shown& cut, const test::Shown& whole) {
  if (cut.packets > whole.packets)
    return fmt::format("{} packets, the whole file has {}", cut.packets, whole.packets);
  if (cut.error && cut.error->message.empty()) return "an error without a message";
  if (cut.error && cut.error->kind == capture::FileError::Kind::not_a_capture && cut.packets > 0) {
    return "packets of what is called no capture";
  }
  return {};
}

}  // namespace

int main() {
  const char* named = std::getenv("CULVERT_CAPTURES");
  const std::filesystem::path folder = named != nullptr ? named : "../shared/captures";
  if (!std::filesystem::is_directory(folder)) {
    fmt::print("skipped: no captures in {} (CULVERT_CAPTURES names the folder)\n", folder.string());
    return 77;
  }
  std::size_t files = 0, cuts = 0, clean = 0, failures = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (!entry.path().extension().string().starts_with(".pcap")) continue;
    ++files;
    const auto bytes = read_file(entry.path());
    const test::Shown whole = test::show_capture(bytes);
    std::size_t shown_before = 0;  // a shorter beginning of the file has shown them already
    const std::size_t step = bytes.size() <= small_file ? 1 : bytes.size() / places_in_large;
    for (std::size_t size = 0; size < bytes.size(); size += step) {
      // On the heap and of exactly its size, so that the address sanitizer sees every read outside.
      const std::vector<std::uint8_t> beginning(bytes.begin(),
                                                bytes.begin() + static_cast<std::ptrdiff_t>(size));
      const test::Shown cut = test::show_capture(beginning, shown_before);
      shown_before = cut.packets;
      ++cuts;
      if (!cut.error) ++clean;  // between two packets
      if (const std::string what = complaint(cut, whole); !what.empty()) {
        fmt::print("{} cut to {} bytes: {}\n", entry.path().filename().string(), size, what);
        ++failures;
      }
    }
  }
  fmt::print("{} files, {} cuts, {} of them between packets, {} failures\n", files, cuts, clean,
             failures);
  return failures == 0 && cuts > clean && files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
