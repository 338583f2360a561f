#include "comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <stdexcept>

#include "cli/run_program.hpp"
#include "inspect/one_line.hpp"
#include "journeys.hpp"
#include "messages.hpp"

namespace culvert::tundump {
namespace {

/// Parses a number from 1 on; the result is what follows it, or null.
const char* parse(const char* begin, const char* end, std::uint64_t& number) {
  const auto [rest, error] = std::from_chars(begin, end, number);
  return error == std::errc{} && number > 0 ? rest : nullptr;
}

/// What a comparison of fields does not see: the data.
std::string about_data(Bytes one, Bytes other) {
  if (one.size() != other.size()) return "  the data are of different length\n";
  const auto differs = std::mismatch(one.begin(), one.end(), other.begin()).first;
  if (differs == one.end()) return {};
  return fmt::format("  the data differ from byte {} on\n", differs - one.begin());
}

}  // namespace

Comparison::Comparison(const std::string& numbers) {
  const char* const end = numbers.data() + numbers.size();
  const char* rest = parse(numbers.data(), end, numbers_[0]);
  if (rest != nullptr)
    rest = rest != end && *rest == ',' ? parse(rest + 1, end, numbers_[1]) : nullptr;
  if (rest == end) return;
  throw cli::UsageError(
      fmt::format("--diff: expected two packet numbers such as 3,7, found '{}'", numbers));
}

void Comparison::add(std::uint64_t number, const capture::CapturedPacket& captured) {
  for (std::size_t i = 0; i < 2; ++i)
    if (numbers_[i] == number) packets_[i] = kept(captured);
}

std::string Comparison::heading(std::size_t which) const {
  return fmt::format("packet {}, {} bytes: {}\n", numbers_[which], packets_[which]->wire_length,
                     inspect::one_line(packets_[which]->walk()));
}

std::string Comparison::text(std::uint64_t packets) const {
  for (std::size_t i = 0; i < 2; ++i) {
    if (packets_[i]) continue;
    throw std::runtime_error(
        fmt::format("--diff: there is no packet {} among {}", numbers_[i], count_of(packets)));
  }
  const auto one = packets_[0]->walk(), other = packets_[1]->walk();
  if (std::ranges::equal(one.bytes(), other.bytes()))
    return heading(0) + heading(1) + "  not one byte differs\n";
  std::string fields;
  for (const inspect::Change& each : inspect::changes(one, other))
    fmt::format_to(std::back_inserter(fields), "  {:<15}{} -> {}\n", each.name, each.before,
                   each.after);
  if (fields.empty()) fields = about_data(one.bytes(), other.bytes());
  return heading(0) + heading(1) + fields;
}

}  // namespace culvert::tundump
