// tundump: shows the packets of a device or a capture file, a line each as tcpdump does, or every field of them.
//
// One packet's way:    FileInputs or LiveInputs -> Session (filter, count) -> Printer -> standard output

#include <iostream>

#include "cli/run_program.hpp"
#include "completions.hpp"
#include "devices.hpp"
#include "field_help.hpp"
#include "file_inputs.hpp"
#include "input_name.hpp"
#include "live_inputs.hpp"
#include "messages.hpp"
#include "session.hpp"
#include "show_filter.hpp"
#include "signals.hpp"

using namespace culvert;

namespace {

/// What is asked for instead of packets, if anything is.
std::optional<std::string> answer(const tundump::Options& options) {
  if (options.list_devices) return tundump::list_of_devices();
  if (options.list_link_types) return tundump::list_of_link_types(options);
  if (options.list_fields) return tundump::list_of_fields(*options.list_fields);
  if (!options.explain_field.empty()) return tundump::explained_field(options.explain_field);
  if (options.completion) return std::string{completion_for(*options.completion)};
  if (options.show_filter > 0) return tundump::compiled_filter(options);
  return std::nullopt;
}

int run(const tundump::Options& options) {
  check(options);
  if (const auto text = answer(options)) {
    std::cout << *text;
    return cli::done;
  }
  tundump::Signals signals;
  tundump::Session session{options};
  return options.files.empty() ? watch_devices(session, options, signals)
                               : read_files(session, options, signals);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Show the packets of a device or a capture file", "tundump"};
  tundump::Options options;
  add_options(app, options);
  app.set_version_flag("--version", "tundump " CULVERT_VERSION);
  options.command = tundump::typed(argc, argv);
  return cli::run_program(app, argc, argv, [&] { return run(options); });
}
