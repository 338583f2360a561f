// Time stamps in tcpdump's five forms.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"

namespace culvert::tundump {

class TimeStamp {
 public:
  /// `form` counts the -t; `nanoseconds` writes nine digits behind the point instead of six.
  TimeStamp(int form, bool nanoseconds) : form_(form), nanoseconds_(nanoseconds) {}

  /// Appends the stamp and a blank; a packet without time gets as many dashes.
  void append(std::string& out, std::optional<WallTime> time);

 private:
  void append_clock(std::string& out, std::int64_t seconds);
  void append_fraction(std::string& out, std::int64_t nanoseconds) const;
  void append_difference(std::string& out, Duration difference) const;

  int form_;
  bool nanoseconds_;
  std::optional<WallTime> first_;
  std::optional<WallTime> previous_;
  // localtime() may look at the time-zone file on every call: asked once for each second of a capture.
  std::int64_t known_second_ = -1;
  std::string known_text_;
};

}  // namespace culvert::tundump
