#include "shell/name_server_plan.hpp"

namespace culvert::shell {

Plan name_server_plan(const IpAddress& name_server, const std::optional<std::string>& before) {
  // `tee` writes into the file that is there: a network namespace has its own mounted in that
  // place, and a new file moved over it would not go through the mount.
  const Command write = command("tee /etc/resolv.conf");
  Change change{write, command("rm -f /etc/resolv.conf")};
  change.apply.input = "nameserver " + to_string(name_server) + "\n";
  if (before) {
    change.undo = write;
    change.undo->input = *before;
  }
  return {change};
}

}  // namespace culvert::shell
