#include "shell/network_setup.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "io/file.hpp"
#include "io/network_namespace.hpp"
#include "io/process.hpp"

namespace culvert::shell {
namespace {

/// A reader that has gone away (`| head`) must not keep us from undoing what we did.
void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

/// A program that was killed a moment ago may still be dying, its child with it.
io::FileDescriptor hold(const std::string& program) {
  for (int tries = 0; tries < 50; ++tries) {
    if (auto name = io::hold_name("culvert/" + program)) return std::move(*name);
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  throw std::runtime_error(program + " is already running here; stop it first");
}

std::string undo_script(const std::string& program, const Plan& newest_first) {
  std::string script =
      "#!/bin/sh\n# Undoes what " + program + " changed, the newest change first.\n";
  for (const Change& change : newest_first) {
    if (change.undo) script += to_shell(*change.undo) + "\n";
  }
  return script;
}

}  // namespace

std::string run(const Command& command, Voice voice) {
  if (voice == Voice::loud) say("+ " + to_shell(command));
  const io::Finished finished = io::run_process(command.words, command.input);
  if (finished.exit_status == 0) return finished.output;
  throw std::runtime_error(fmt::format("this command failed with status {}:\n    {}\n  it said: {}",
                                       finished.exit_status, to_shell(command),
                                       finished.output.empty() ? "nothing" : finished.output));
}

std::string journal_folder() {
  const char* lab = std::getenv("CULVERT_STATE");
  return lab != nullptr ? std::string{lab} + "/undo" : "/run/culvert";
}

NetworkSetup::NetworkSetup(const std::string& program, const std::string& journals, Voice voice)
    : program_(program),
      voice_(voice),
      name_(hold(program)),
      journal_(fmt::format("{}/{}.{}.undo", journals, program, io::network_namespace_id())) {
  undo_what_a_crash_left();
}

void NetworkSetup::undo_what_a_crash_left() const {
  const auto script = io::read_file(journal_);
  if (!script) return;
  say("an earlier run was killed; undoing what it left:\n+ sh " + journal_);
  // Much of it is gone together with the dead program's device, so failures are expected here.
  const io::Finished finished = io::run_process({"sh", "-v", journal_});
  if (voice_ == Voice::loud) say(finished.output);
  forget();
}

void NetworkSetup::remember() const { io::replace_file(journal_, undo_script(program_, applied_)); }

void NetworkSetup::forget() const {
  io::remove_file(journal_);
  std::error_code not_empty;  // then another program's journal is in it
  std::filesystem::remove(std::filesystem::path{journal_}.parent_path(), not_empty);
}

void NetworkSetup::apply(const Plan& plan) {
  for (const Change& change : plan) {
    // Written down before it is done: a crash in between leaves an undo too many, never one too
    // few.
    applied_.insert(applied_.begin(), change);
    remember();
    try {
      if (!change.apply.words.empty()) run(change.apply, voice_);
    } catch (...) {
      applied_.erase(applied_.begin());
      throw;
    }
  }
}

NetworkSetup::~NetworkSetup() {
  for (const Change& change : applied_) {
    if (!change.undo) continue;
    try {
      run(*change.undo, voice_);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "could not undo: %s\n", error.what());
    }
  }
  try {
    forget();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "could not remove the journal: %s\n", error.what());
  }
}

}  // namespace culvert::shell
