#include "commands.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "control/show.hpp"
#include "control/text.hpp"
#include "control/uapi.hpp"
#include "io/clock.hpp"
#include "io/file.hpp"
#include "io/process.hpp"
#include "io/system_random.hpp"
#include "shell/control_socket.hpp"
#include "shell/kill_switch.hpp"
#include "shell/machine_facts.hpp"
#include "shell/network_setup.hpp"

namespace culvert::program {
namespace {

void warn_if_everybody_reads_output() {
  struct stat status {};
  if (::fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode) &&
      (status.st_mode & 0007) != 0)
    fmt::print(stderr,
               "warning: everybody on this machine may read the file that the key goes to; try: "
               "umask 077\n");
}

std::string ask(const io::FileDescriptor& line, const std::string& question) {
  io::write_all(line.get(), question);
  std::string answer;
  while (!answer.ends_with("\n\n") && io::receive_some(line.get(), answer)) continue;
  return answer;
}

/// Another WireGuard does not know our `status`, which is `get` with drops.
control::DeviceStatus status_of(const std::string& name) {
  const auto line = io::call(shell::control_path(name));
  if (!line) throw std::runtime_error(fmt::format("no tunnel {} runs here", name));
  auto status = control::parse_status(ask(*line, "status=1\n\n"));
  if (!status) {
    const auto second = io::call(shell::control_path(name));
    status = control::parse_status(second ? ask(*second, "get=1\n\n") : "");
  }
  if (!status)
    throw std::runtime_error(
        fmt::format("what {} answers is no status: {}", name, status.error().line));
  return std::move(*status);
}

/// Tunnels that answer; a killed one may have left its socket.
std::vector<std::string> running_tunnels() {
  std::vector<std::string> names;
  const std::filesystem::path folder =
      std::filesystem::path{shell::control_path("x")}.parent_path();
  std::error_code no_folder;
  for (const auto& entry : std::filesystem::directory_iterator{folder, no_folder}) {
    if (entry.path().extension() == ".sock" && io::call(entry.path()))
      names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

void genkey() {
  warn_if_everybody_reads_output();
  io::SystemRandom random;
  fmt::print("{}\n", crypto::PrivateKey::generate(random).to_base64());
}

void genpsk() {
  warn_if_everybody_reads_output();
  io::SystemRandom random;
  fmt::print("{}\n", crypto::PresharedKey::generate(random).to_base64());
}

void pubkey() {
  const std::string text = io::read_all(STDIN_FILENO);
  const auto key =
      crypto::PrivateKey::from_base64(control::trimmed(text.substr(0, text.find('\n'))));
  if (!key)
    throw std::runtime_error("standard input: expected a private key, found something else");
  fmt::print("{}\n", key->public_key().to_base64());
}

void show(const std::string& name, bool json) {
  const std::vector<std::string> names = name.empty() ? running_tunnels() : std::vector{name};
  std::string all;
  for (const std::string& each : names) {
    const control::NamedStatus device{each, status_of(each)};
    if (!all.empty()) all += json ? ",\n" : "\n";
    all += json ? show_json(device) : control::show(device, io::Clock{}.wall_time());
  }
  fmt::print("{}", json ? "[" + all + "]\n" : all);
}

void down(const std::string& name, bool verbose) {
  if (const auto line = io::call(shell::control_path(name)))
    io::end_process(io::who_listens(*line));
  io::remove_file(shell::control_path(name));
  const shell::Voice voice = verbose ? shell::Voice::loud : shell::Voice::quiet;
  { const shell::NetworkSetup undo{"culvert-" + name, shell::journal_folder(), voice}; }
  if (shell::kill_switch_is_set(name)) shell::run(shell::remove_kill_switch(), voice);
}

}  // namespace culvert::program
