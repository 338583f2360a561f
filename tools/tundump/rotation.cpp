#include "rotation.hpp"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace culvert::tundump {
namespace {

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::size_t longest_name = 4096;

std::string in_local_time(const std::string& pattern, WallTime time) {
  const std::time_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
  std::tm local{};
  localtime_r(&seconds, &local);
  std::string text(longest_name, '\0');
  // The pattern is the user's, as with date(1).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  text.resize(std::strftime(text.data(), text.size(), pattern.c_str(), &local));
#pragma GCC diagnostic pop
  return text;
}

/// So many digits has the largest of `files` numbers that count from 0.
int digits_of_largest(std::uint64_t files) {
  int digits = 0;
  for (std::uint64_t rest = files > 0 ? files - 1 : 0; rest > 0; rest /= 10) ++digits;
  return digits;
}

}  // namespace

Rotation::Step Rotation::next_by_time(WallTime now) {
  began_ = now;
  ++periods_;
  number_ = 0;
  const bool counts_sizes = rules_.megabytes > 0;
  const bool all = !counts_sizes && rules_.files > 0 && periods_ >= rules_.files;
  return all ? Step::finished : Step::next_file;
}

Rotation::Step Rotation::next_by_size() {
  ++number_;
  if (rules_.files > 0 && number_ >= rules_.files) number_ = 0;  // the oldest is overwritten
  return Step::next_file;
}

Rotation::Step Rotation::step(WallTime now, std::uint64_t bytes) {
  if (rules_.seconds > 0 && now - began_ >= std::chrono::seconds{rules_.seconds})
    return next_by_time(now);
  if (rules_.megabytes > 0 && bytes > rules_.megabytes * megabyte) return next_by_size();
  return Step::stay;
}

std::string Rotation::file_name() const {
  std::string name = rules_.seconds > 0 ? in_local_time(rules_.name, began_) : rules_.name;
  const int width = digits_of_largest(rules_.files);
  const bool numbered = rules_.megabytes > 0 && (number_ > 0 || width > 0);
  return numbered ? fmt::format("{}{:0{}}", name, number_, width) : name;
}

}  // namespace culvert::tundump
