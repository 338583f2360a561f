// Output: standard output in large pieces. A reader that goes away (`| head`) is a normal end.
#pragma once

#include <string>

namespace culvert::tundump {

class Output {
 public:
  /// To be appended to; written when it is large, and by flush().
  std::string& text() { return text_; }
  /// After each packet: writes if enough has gathered. False when nobody reads any more.
  bool packet_done() { return text_.size() < large || flush(); }
  bool flush();

 private:
  static constexpr std::size_t large = 64 * 1024;
  std::string text_;
  bool reader_left_ = false;
};

}  // namespace culvert::tundump
