#include "shell/name_server_plan.hpp"

namespace culvert::shell {

Plan name_server_plan(const IpAddress& name_server, const std::optional<std::string>& before) {
  return resolver_plan("nameserver " + to_string(name_server) + "\n", before);
}

Plan resolver_plan(const std::string& text, const std::optional<std::string>& before) {
  // `tee` writes into the file that is there: a network namespace has its own mounted in that
  // place, and a new file moved over it would not go through the mount.
  const Command write = command("tee /etc/resolv.conf");
  Change change{write, command("rm -f /etc/resolv.conf")};
  change.apply.input = text;
  if (before) {
    change.undo = write;
    change.undo->input = *before;
  }
  return {change};
}

}  // namespace culvert::shell
