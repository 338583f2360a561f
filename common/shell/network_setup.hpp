// NetworkSetup: carries out changes to the machine, prints each as the command one would type, and
// undoes them in reverse order at the end: after success, after a failure half-way, and, by the
// next start, after kill -9.
#pragma once

#include <string>

#include "io/file_descriptor.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

/// Whether each command is printed as it is carried out.
enum class Voice { loud, quiet };

/// Prints the command, runs it, and gives what it printed; throws, with that, if the command says
/// that it failed.
std::string run(const Command& command, Voice voice = Voice::loud);

/// Where programs write down what would have to be undone: /run/culvert; in the lab, a folder that
/// goes with the lab.
std::string journal_folder();

class NetworkSetup {
 public:
  /// `program` may run once in a network namespace: throws if another holds its name. What an
  /// earlier run that was killed left behind is undone here.
  explicit NetworkSetup(const std::string& program, const std::string& journals = journal_folder(),
                        Voice voice = Voice::loud);
  NetworkSetup(const NetworkSetup&) = delete;
  NetworkSetup& operator=(const NetworkSetup&) = delete;
  /// Undoes everything; what cannot be undone is printed, the rest is undone all the same.
  ~NetworkSetup();

  /// Throws if a command fails, naming it and what it printed; what was applied before it stays to
  /// be undone.
  void apply(const Plan& plan);

 private:
  void undo_what_a_crash_left() const;
  void remember() const;
  void forget() const;

  std::string program_;
  Voice voice_;
  io::FileDescriptor name_;
  std::string journal_;  // a shell script that undoes what is applied: anybody can run it
  Plan applied_;         // the newest first
};

}  // namespace culvert::shell
