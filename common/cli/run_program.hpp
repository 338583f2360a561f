// run_program: what every program does around its work: read the command line, and say in one line what went wrong.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace culvert::cli {

/// 0: the work is done (or --help was asked for). 1: the machine refused something. 2: the command line is wrong.
int run_program(CLI::App& app, int argc, char** argv, const std::function<void()>& work);

}  // namespace culvert::cli
