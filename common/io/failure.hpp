// The kernel's "no" to something whose name is only known at run time; checked() is for the rest.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace culvert::io {

/// Throws what `errno` says: "DOING: Permission denied".
[[noreturn]] inline void fail(const std::string& doing, int error = errno) {
  throw std::system_error(error, std::generic_category(), doing);
}

}  // namespace culvert::io
