// The command line of culvert.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "vpn.hpp"

namespace culvert::program {

enum class Command { interface, server, client, up, down, show, genkey, pubkey, genpsk };

/// Of an interface alone, and of what is in the background: LOG_LEVEL, as with wireguard-go.
enum class LogLevel {
  silent,  // not even errors
  error,
  verbose  // each request at the control socket as well
};

struct Options {
  Command command = Command::interface;
  std::string name;  // of a configuration or an interface
  std::string key_log;
  bool kill_switch = false;
  bool verbose = false;
  bool json = false;
  bool foreground = false;
  LogLevel log = LogLevel::error;
  Io io;
};

/// Tells `app` what may be said; after it has parsed the command line, `options` holds what was.
void describe(CLI::App& app, Options& options);

/// Throws if what was said does not go together.
void check(const Options& options);

/// Whether a program in the background goes on printing: if LOG_LEVEL asks for it.
bool keeps_terminal();

}  // namespace culvert::program
