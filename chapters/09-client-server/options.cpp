#include "options.hpp"

#include <cstdlib>
#include <string_view>

#include "cli/choice_option.hpp"
#include "cli/run_program.hpp"

namespace culvert::program {
namespace {

bool environment_says(const char* variable, std::string_view value) {
  const char* said = std::getenv(variable);
  return said != nullptr && said == value;
}

LogLevel log_level() {
  if (environment_says("LOG_LEVEL", "silent")) return LogLevel::silent;
  const bool all =
      environment_says("LOG_LEVEL", "verbose") || environment_says("LOG_LEVEL", "debug");
  return all ? LogLevel::verbose : LogLevel::error;
}

/// The subcommands, each of which says its name in `options`.
class Commands {
 public:
  Commands(CLI::App& app, Options& options) : app_(app), options_(options) {}

  CLI::App* add(Command command, const char* name, const char* help) {
    CLI::App* sub = app_.add_subcommand(name, help);
    sub->callback([this_options = &options_, command] { this_options->command = command; });
    return sub;
  }

  CLI::App* add_with_config(Command command, const char* name, const char* help) {
    CLI::App* sub = add(command, name, help);
    sub->add_option("config", options_.name,
                    "a file NAME.conf, or NAME for one in /etc/culvert or /etc/wireguard")
        ->required();
    sub->add_flag("-v,--verbose", options_.verbose,
                  "print each change to the machine, as the command one would type");
    return sub;
  }

 private:
  CLI::App& app_;
  Options& options_;
};

void add_io_option(CLI::App& app, Options& options) {
  cli::add_choice(app, "--io", options.io.mode, shell::io_modes,
                  "how packets get in and out (chapter 10)");
  app.add_option("--workers", options.io.workers,
                 "threads that seal and open each batch together; not with --io simple")
      ->type_name("NUMBER")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
}

}  // namespace

void describe(CLI::App& app, Options& options) {
  options.foreground = environment_says("WG_PROCESS_FOREGROUND", "1");
  options.log = log_level();
  app.add_option("interface", options.name,
                 "an interface for `wg` to set up: carry its packets in the background");
  app.add_flag("-f,--foreground", options.foreground, "stay in the foreground");
  add_io_option(app, options);
  app.require_subcommand(0, 1);

  Commands commands{app, options};
  CLI::App* server =
      commands.add_with_config(Command::server, "server", "be a gateway for clients, until Ctrl-C");
  CLI::App* client = commands.add_with_config(
      Command::client, "client", "send what the file says through a server, until Ctrl-C");
  CLI::App* up = commands.add_with_config(Command::up, "up",
                                          "either of them, as the file says, in the background");
  commands.add_with_config(Command::down, "down",
                           "end a tunnel, also one that was killed, and undo all it did");
  for (CLI::App* starter : {server, client, up}) {
    add_io_option(*starter, options);
    starter->add_option("--keylog", options.key_log,
                        "write session secrets to a file, for Wireshark: never where it matters");
  }
  for (CLI::App* starter : {client, up}) {
    starter->add_flag("--kill-switch", options.kill_switch,
                      "let nothing out beside the tunnel, even if we crash");
  }
  CLI::App* show = commands.add(Command::show, "show", "tell how running tunnels are");
  show->add_option("interface", options.name, "this one only");
  show->add_flag("--json", options.json, "for programs");
  commands.add(Command::genkey, "genkey", "print a new private key");
  commands.add(Command::pubkey, "pubkey", "print the public key of a private key that is read");
  commands.add(Command::genpsk, "genpsk", "print a new preshared key");
}

void check(const Options& options) {
  if (options.io.workers > 1 && options.io.mode == shell::IoMode::simple)
    throw cli::UsageError(
        "--workers: packets that come one by one, --io simple, are the work of one");
}

bool keeps_terminal() {
  return std::getenv("LOG_LEVEL") != nullptr && log_level() != LogLevel::silent;
}

}  // namespace culvert::program
