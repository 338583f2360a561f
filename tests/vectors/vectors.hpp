// What every runner of test vectors needs: the file, hex, and a count of what ran and what disagreed.
#pragma once

#include <fmt/core.h>
#include <rapidjson/document.h>
#include <rapidjson/istreamwrapper.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "support/bytes.hpp"

namespace culvert::test {

constexpr int skipped = 77;  // what ctest calls "skipped"

class Vectors {
 public:
  /// `file` inside the folder $CULVERT_VECTORS, or else inside `folder`.
  Vectors(const char* folder, const std::string& file) : path_(folder) {
    if (const char* chosen = std::getenv("CULVERT_VECTORS")) path_ = chosen;
    path_ /= file;
  }

  bool there() const { return std::filesystem::exists(path_); }
  const std::filesystem::path& path() const { return path_; }

  rapidjson::Document load() const {
    std::ifstream stream{path_};
    rapidjson::IStreamWrapper wrapper{stream};
    rapidjson::Document document;
    document.ParseStream(wrapper);
    if (document.HasParseError()) throw std::runtime_error(path_.string() + ": not JSON");
    return document;
  }

  /// Counts one vector; a disagreement is printed with its place.
  void check(const std::string& where, const std::string& expected, const std::string& found) {
    ++ran_;
    if (expected == found) return;
    ++failed_;
    fmt::print("{}: {}: expected {}, found {}\n", path_.string(), where, expected, found);
  }

  /// The exit status: a runner that ran nothing has failed.
  int finish() const {
    fmt::print("{} passed, {} failed\n", ran_ - failed_, failed_);
    return failed_ == 0 && ran_ > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
  }

 private:
  std::filesystem::path path_;
  std::size_t ran_ = 0;
  std::size_t failed_ = 0;
};

/// What a runner does with one file.
struct VectorFile {
  std::string name;
  void (*run)(Vectors& vectors);
};

/// A runner's main(): every file, found in the folder that the command line names. Exits with the sum of what they say.
inline int run_files(int argc, char** argv, const std::vector<VectorFile>& files) {
  int status = EXIT_SUCCESS;
  for (const VectorFile& file : files) {
    Vectors vectors{argc > 1 ? argv[1] : ".", file.name};
    if (!vectors.there()) {
      fmt::print("skipped: {} is not there (set CULVERT_VECTORS to the folder of vectors)\n",
                 vectors.path().string());
      return status == EXIT_SUCCESS ? skipped : status;
    }
    file.run(vectors);
    fmt::print("{}: ", file.name);
    if (vectors.finish() != EXIT_SUCCESS) status = EXIT_FAILURE;
  }
  return status;
}

inline std::vector<std::uint8_t> hex(const rapidjson::Value& object, const char* name) {
  return bytes(object[name].GetString());
}

}  // namespace culvert::test
