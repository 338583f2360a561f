// Messages: what tundump says to its user, on standard error; standard output belongs to the packets.
#pragma once

#include <cstdint>
#include <string>

namespace culvert::tundump {

/// One line: "tundump: message".
void say(const std::string& message);

/// "1 packet", "2 packets".
std::string count_of(std::uint64_t packets);

/// A command line as one types it into a shell: words with anything unusual in them are quoted.
std::string typed(int argc, char** argv);

}  // namespace culvert::tundump
