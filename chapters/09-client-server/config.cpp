#include "config.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <thread>

#include "cli/run_program.hpp"
#include "control/text.hpp"
#include "io/file.hpp"
#include "io/resolve.hpp"

namespace culvert::program {
namespace {

bool is_path(const std::string& name_or_path) {
  return name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".conf");
}

std::string path_of(const std::string& name_or_path) {
  if (is_path(name_or_path)) return name_or_path;
  const std::string own = "/etc/culvert/" + name_or_path + ".conf";
  return std::filesystem::exists(own) ? own : "/etc/wireguard/" + name_or_path + ".conf";
}

void warn_if_everybody_reads(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) < 0 || (status.st_mode & 0007) == 0) return;
  fmt::print(stderr,
             "warning: {} has a private key in it, and everybody on this machine may read it (mode "
             "{:o}); try: chmod 600 {}\n",
             path, status.st_mode & 0777, path);
}

control::ConfigFile parse(const std::string& path) {
  const auto text = io::read_file(path);
  if (!text) throw std::runtime_error(path + ": there is no such file");
  auto file = control::parse_config(*text);
  if (!file) {
    std::string mistakes;
    for (const control::ConfigError& error : file.error())
      mistakes += (mistakes.empty() ? "" : "\n") + one_line(error, path);
    throw std::runtime_error(mistakes);
  }
  if (!file->interface.private_key)
    throw std::runtime_error(path + ": [Interface]: expected a PrivateKey, found none");
  return std::move(*file);
}

/// As wg(8) has it, for a machine that starts its tunnel before its network is there.
unsigned resolution_retries() {
  constexpr unsigned usual = 15;
  const char* said = std::getenv("WG_ENDPOINT_RESOLUTION_RETRIES");
  if (said == nullptr) return usual;
  if (said == std::string_view{"infinity"}) return std::numeric_limits<unsigned>::max();
  return control::parse_number<unsigned>(said).value_or(usual);
}

/// Asks again and again, after 1 second, 1.2, 1.44 and so on up to 20.
Endpoint resolve(const control::HostAndPort& endpoint) {
  using Seconds = std::chrono::duration<double>;
  Seconds pause{1};
  for (unsigned left = resolution_retries();; --left) {
    const auto found = io::resolve(endpoint.host, endpoint.port);
    if (found) return *found;
    const auto& [reason, may_pass] = found.error();
    if (!may_pass || left == 0)
      throw std::runtime_error(fmt::format("look up {}: {}", endpoint.host, reason));
    fmt::print(stderr, "look up {}: {}; trying again in {:.1f} seconds\n", endpoint.host, reason,
               pause.count());
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 1.2, Seconds{20});
  }
}

}  // namespace

std::string interface_of(const std::string& name_or_path) {
  const std::string file = name_or_path.substr(name_or_path.rfind('/') + 1);
  const std::string name = file.ends_with(".conf") ? file.substr(0, file.size() - 5) : file;
  constexpr auto allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=+.-";
  if (name.empty() || name.size() > 15 || name.find_first_not_of(allowed) != name.npos)
    throw cli::UsageError(
        fmt::format("'{}': expected an interface's name of 1 to 15 letters, digits and _=+.-, or a "
                    "file NAME.conf",
                    name));
  return name;
}

Config load_config(const std::string& name_or_path) {
  const std::string path = path_of(name_or_path);
  Config config{interface_of(name_or_path), parse(path), {}};
  warn_if_everybody_reads(path);
  config.device = to_change(config.file);
  for (std::size_t i = 0; i < config.file.peers.size(); ++i) {
    const auto& endpoint = config.file.peers[i].endpoint;
    if (!endpoint) continue;
    config.device.peers[i].endpoint = resolve(*endpoint);
    config.endpoints.push_back(*config.device.peers[i].endpoint);
  }
  return config;
}

}  // namespace culvert::program
