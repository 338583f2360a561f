#include "time_stamp.hpp"

#include <ctime>

#include "inspect/text.hpp"

namespace culvert::tundump {

namespace {
constexpr std::int64_t second = 1000000000;
constexpr int unix_time = 2;
constexpr int since_previous = 3;
constexpr int with_date = 4;
constexpr int since_first = 5;
}  // namespace

void TimeStamp::append_fraction(std::string& out, std::int64_t nanoseconds) const {
  out += '.';
  const auto fraction = static_cast<std::uint64_t>(nanoseconds);
  inspect::append_padded(out, nanoseconds_ ? fraction : fraction / 1000, nanoseconds_ ? 9 : 6);
}

void TimeStamp::append_clock(std::string& out, std::int64_t seconds) {
  if (seconds != known_second_) {
    known_second_ = seconds;
    const std::time_t time = seconds;
    std::tm local{};
    localtime_r(&time, &local);
    char text[32];
    const std::size_t size = form_ == with_date
                                 ? std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local)
                                 : std::strftime(text, sizeof text, "%H:%M:%S", &local);
    known_text_.assign(text, size);
  }
  out += known_text_;
}

void TimeStamp::append_difference(std::string& out, Duration difference) const {
  std::int64_t count = difference.count();
  if (count < 0) {
    out += '-';
    count = -count;
  }
  const std::int64_t seconds = count / second;
  out += ' ';
  inspect::append_padded(out, static_cast<std::uint64_t>(seconds / 3600), 2);
  out += ':';
  inspect::append_padded(out, static_cast<std::uint64_t>(seconds / 60 % 60), 2);
  out += ':';
  inspect::append_padded(out, static_cast<std::uint64_t>(seconds % 60), 2);
  append_fraction(out, count % second);
}

void TimeStamp::append(std::string& out, std::optional<WallTime> time) {
  if (form_ == 1) return;
  if (!time) {
    out += nanoseconds_ ? "--:--:--.--------- " : "--:--:--.------ ";
    return;
  }
  const std::int64_t since_epoch = time->time_since_epoch().count();
  switch (form_) {
    case unix_time:
      inspect::append_decimal(out, since_epoch / second);
      append_fraction(out, since_epoch % second);
      break;
    case since_previous:
      append_difference(out, *time - previous_.value_or(*time));
      break;
    case since_first:
      append_difference(out, *time - first_.value_or(*time));
      break;
    default:
      append_clock(out, since_epoch / second);
      append_fraction(out, since_epoch % second);
  }
  if (!first_) first_ = time;
  previous_ = time;
  out += ' ';
}

}  // namespace culvert::tundump
