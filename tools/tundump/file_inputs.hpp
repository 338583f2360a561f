// FileInputs: capture files, their packets merged by time.
#pragma once

#include "options.hpp"
#include "session.hpp"
#include "signals.hpp"

namespace culvert::tundump {

/// Reads the files of -r to their ends, or until the session has enough. The result is an exit status; what is wrong with a
/// file is said on standard error, and the others go on.
int read_files(Session& session, const Options& options, Signals& signals);

}  // namespace culvert::tundump
