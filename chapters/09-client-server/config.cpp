#include "config.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>

#include "cli/run_program.hpp"
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
    config.device.peers[i].endpoint = io::resolve(endpoint->host, endpoint->port);
    config.endpoints.push_back(*config.device.peers[i].endpoint);
  }
  return config;
}

}  // namespace culvert::program
