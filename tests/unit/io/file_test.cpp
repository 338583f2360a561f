#include "io/file.hpp"

#include <filesystem>
#include <system_error>

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert::io;
using culvert::test::TemporaryFolder;

TEST_CASE("a file that is not there has no text, and can be removed", "[io]") {
  const TemporaryFolder folder;
  CHECK_FALSE(read_file(folder.path("none")));
  CHECK_NOTHROW(remove_file(folder.path("none")));
}

TEST_CASE("a replaced file holds the new text, and only its owner may read it", "[io]") {
  const TemporaryFolder folder;
  const std::string path = folder.path("made/on/the/way.txt");
  replace_file(path, std::string(10'000, 'a'));
  replace_file(path, "short\n");
  CHECK(read_file(path) == "short\n");
  namespace fs = std::filesystem;
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK_FALSE(fs::exists(path + ".new"));
  remove_file(path);
  CHECK_FALSE(read_file(path));
}

TEST_CASE("what cannot be read is an error that names it", "[io]") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_file(folder.path("")), std::system_error);
}
