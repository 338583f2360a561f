// caught by: rising counters pass
// cause: no counter passes, not even a new one: is the question asked at all?
#include "tunnel/replay_window.hpp"

namespace culvert::tunnel {

bool ReplayWindow::accept(std::uint64_t) { return false; }  // what is right for every attack

}  // namespace culvert::tunnel
