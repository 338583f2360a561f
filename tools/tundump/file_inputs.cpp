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

}  // namespace

int read_files(Session& session, const Options& options,
               const volatile std::sig_atomic_t& stop_requested) {
  std::vector<FileInput> inputs;
  std::vector<Source> sources;
  for (const std::string& text : options.files) {
    inputs.emplace_back(parse_file_name(text), options.repair);
    sources.push_back(inputs.back().source());
  }
  session.begin(std::move(sources));

  take_secrets(session, inputs);
  auto next = earliest(inputs);
  while (next && session.on_packet(*next, *inputs[*next].packet()) == Session::Next::go_on &&
         stop_requested == 0) {
    inputs[*next].advance();
    take_secrets(session, inputs);
    next = earliest(inputs);
  }
  const auto error = first_error(inputs);
  session.end(error);
  for (const FileInput& input : inputs) {
    if (!input.error()) continue;
    say(fmt::format("{}: {}. {} shown.", full_name(input.name()), *input.error(),
                    count_of(session.shown())));
  }
  return error ? cli::damaged_input : cli::done;
}

}  // namespace culvert::tundump
