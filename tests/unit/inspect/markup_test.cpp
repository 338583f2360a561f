#include "inspect/markup.hpp"

#include "support/catch.hpp"

using namespace culvert;
using inspect::escaped;

TEST_CASE("what has a meaning in HTML is a reference", "[inspect]") {
  CHECK(escaped("<b title=\"x\">'&'</b>") ==
        "&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;");
}

TEST_CASE("text in any language stays as it is", "[inspect]") {
  for (const auto* text : {"plain, 1 > no", "61 µs", "→ ✗", "ключ", "😀"}) {
    const std::string word = std::string{text}.substr(0, std::string{text}.find(" >"));
    CHECK(escaped(word) == word);
  }
}

TEST_CASE("a control character becomes a visible mark", "[inspect]") {
  CHECK(escaped("\033[31m") == "\uFFFD[31m");
  CHECK(escaped(std::string_view{"a\0b\n\x7f", 5}) == "a\uFFFDb\uFFFD\uFFFD");
  CHECK(escaped("\xc2\x9b") == "\uFFFD\uFFFD");  // CSI of Latin-1
}

TEST_CASE("bytes that are no UTF-8 become visible marks", "[inspect]") {
  for (const auto* text :
       {"\xff", "\xc0\xaf", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xef\xbf\xbe"}) {
    CAPTURE(text);
    std::string expected;
    for (std::size_t i = 0; i < std::string_view{text}.size(); ++i) expected += "\uFFFD";
    CHECK(escaped(text) == expected);
  }
}
