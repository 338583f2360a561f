// Small text files: the kernel's switches under /proc/sys, resolv.conf, and what a crash must not lose.
#pragma once

#include <optional>
#include <string>

namespace culvert::io {

/// The file's whole text; none if there is no such file.
std::optional<std::string> read_file(const std::string& path);

/// Replaces the file in one step: after a crash it holds the old text or the new, never a half. Its folder is made
/// if need be; only its owner may read it.
void replace_file(const std::string& path, const std::string& text);

/// No complaint if it is not there.
void remove_file(const std::string& path);

/// The name is for the error message.
std::string read_all(int fd, const std::string& name = "a file");
void write_all(int fd, const std::string& text);

}  // namespace culvert::io
