// Exercise 07, replay-window. Copy this file to student.cpp and write the function; README.md says what it must do.
#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

bool ReplayWindow::accept(std::uint64_t counter) {
  return true;  // yours: was it seen before? Is it too old to know?
}

}  // namespace culvert::tunnel
