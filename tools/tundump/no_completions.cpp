// For the tundump from whose --help its completions are written: it cannot have them yet.
#include "completions.hpp"

std::string_view culvert::tundump::completion_for(Shell) { return {}; }
