// Change: one reversible change to the machine, said as the commands that a person would type. A
// plan is a list of changes: a pure function makes it, a test reads it without root, NetworkSetup
// carries it out.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace culvert::shell {

struct Command {
  std::vector<std::string> words;
  std::string input;  // what it reads on standard input
  bool operator==(const Command&) const = default;
};

/// "ip link set myvpn up" to its words; blanks separate them, there is no quoting.
Command command(const std::string& line, std::string input = {});

/// The command as one would type it into a shell, quoted where need be, its input as a
/// here-document.
std::string to_shell(const Command& command);

struct Change {
  /// Without words: there is something to do at the end only.
  Command apply;
  /// None: nothing has to be done, because the change hangs on something else that goes away.
  std::optional<Command> undo;
};

using Plan = std::vector<Change>;

/// `first`, then what `next` holds.
void append(Plan& first, const Plan& next);

}  // namespace culvert::shell
