#include "file_inputs.hpp"

#include <fmt/format.h>

#include "cli/run_program.hpp"
#include "file_input.hpp"
#include "messages.hpp"

namespace culvert::tundump {
namespace {

/// The input with the earliest packet; a packet without time goes first, and so do inputs named first.
std::optional<std::size_t> earliest(const std::vector<FileInput>& inputs) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].packet()) continue;
    if (!best || inputs[i].packet()->time < inputs[*best].packet()->time) best = i;
  }
  return best;
}

void take_secrets(Session& session, std::vector<FileInput>& inputs) {
  for (FileInput& input : inputs) {
    if (const std::string secrets = input.take_secrets(); !secrets.empty())
      session.on_secrets(secrets, full_name(input.name()));
  }
}

std::optional<std::string> first_error(const std::vector<FileInput>& inputs) {
  for (const FileInput& input : inputs) {
    if (!input.error()) continue;
    return inputs.size() == 1 ? *input.error()
                              : fmt::format("{}: {}", full_name(input.name()), *input.error());
  }
  return std::nullopt;
}

void answer(Session& session, Signals& signals) {
  if (signals.wants_statistics()) {
    fmt::print(stderr, "{} read, {} shown\n", count_of(session.seen()), session.shown());
    session.say_statistics();
  }
  if (signals.wants_flush()) session.flush_files();
}

/// Before each read. A pipe may be silent for long: what there is so far is shown, and signals are heard. False to stop.
bool wait_for_bytes(int descriptor, Session& session, Signals& signals) {
  const int descriptors[] = {descriptor};
  if (signals.wait(descriptors, 0)) return true;
  while (!signals.stop()) {
    answer(session, signals);
    if (session.on_pause() == Session::Next::stop) return false;
    if (signals.wait(descriptors, -1)) return true;
  }
  return false;
}

}  // namespace

int read_files(Session& session, const Options& options, Signals& signals) {
  std::vector<FileInput> inputs;
  std::vector<Source> sources;
  for (const std::string& text : options.files) {
    inputs.emplace_back(parse_file_name(text), options.repair, [&](int descriptor) {
      return wait_for_bytes(descriptor, session, signals);
    });
    if (signals.stop()) return cli::done;
    sources.push_back(inputs.back().source());
  }
  session.begin(std::move(sources));
  session.all_open();

  take_secrets(session, inputs);
  auto next = earliest(inputs);
  while (next && session.on_packet(*next, *inputs[*next].packet()) == Session::Next::go_on &&
         !signals.stop()) {
    answer(session, signals);
    inputs[*next].advance();
    take_secrets(session, inputs);
    next = earliest(inputs);
  }
  const auto error = first_error(inputs);
  session.end(error);
  for (const FileInput& input : inputs) {
    if (!input.error()) continue;
    say(fmt::format("{}: {}. {} shown{}.", full_name(input.name()), *input.error(),
                    count_of(session.shown()),
                    input.may_go_on() ? "; --repair looks for the next one" : ""));
  }
  return error ? cli::damaged_input : cli::done;
}

}  // namespace culvert::tundump
