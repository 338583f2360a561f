// A file with one key in base64, as `genkey` prints it. What is wrong with it is said without repeating it.
#pragma once

#include <stdexcept>

#include "crypto/keys.hpp"
#include "io/file.hpp"

namespace culvert::shell {

/// Throws std::runtime_error if there is no file, or no key in its first line.
template <class Key>
Key read_key_file(const std::string& path) {
  const auto text = io::read_file(path);
  if (!text) throw std::runtime_error("expected a file with a key, found none at '" + path + "'");
  const auto key = Key::from_base64(std::string_view{*text}.substr(0, text->find('\n')));
  if (!key) throw std::runtime_error(path + ":1: expected a key, 44 characters of base64");
  return *key;
}

}  // namespace culvert::shell
