#include "inspect/page.hpp"

#include "stories.hpp"
#include "support/catch.hpp"

using namespace culvert;
using Catch::Contains;

namespace {

std::string page_of(const inspect::Story& story,
                    std::vector<std::string> places = {"client", "wire"},
                    const inspect::Imprint& imprint = {"Title", "1 packet.", "tundump -r a",
                                                       "tundump 1"}) {
  inspect::Page page{std::move(places)};
  page.add(story);
  return page.html(imprint);
}

}  // namespace

TEST_CASE("a page tells what the terminal tells", "[inspect]") {
  const auto html = page_of(test::arriving());
  for (const auto* text :
       {"<h3>client</h3>", "<h3>wire</h3>", "61 µs", "a ping", "a datagram", "tag right",
        "encrypted: +64 bytes", "<code>ipv4.ttl</code> 64 → 63 <em>a router forwarded it</em>",
        "<code>tundump -r a</code>", "tundump 1", "complete"})
    CHECK_THAT(html, Contains(text));
}

TEST_CASE("a page names every byte of a header", "[inspect]") {
  const auto html = page_of(test::lost());
  CHECK_THAT(html, Contains("<li><b>40</b> time to live 64</li>"));
  CHECK_THAT(html, Contains("<li><b>0a 00 00 02</b> destination 10.0.0.2</li>"));
}

TEST_CASE("a page shows what a key opened below what it was in", "[inspect]") {
  const auto html = page_of(test::arriving());
  const auto inside = html.find("Inside, opened with the key log:");
  REQUIRE(inside != std::string::npos);
  CHECK(html.find("destination 10.0.0.2", inside) != std::string::npos);
}

TEST_CASE("a lost packet has its end where it should have come", "[inspect]") {
  CHECK_THAT(
      page_of(test::lost()),
      Contains(
          "<li class=\"gone out\" style=\"grid-column:2;--s:1\"><h3>wire</h3>"
          "<p class=\"hop\">lost</p><div class=\"card\"><p class=\"end\">never seen at wire."));
}

TEST_CASE("nothing in a packet or a name becomes markup", "[inspect]") {
  const std::string evil = "\"><script>alert(1)</script>\033[31m";
  auto story = test::lost();
  story.stations[0].line = story.stations[0].remark = story.end = evil;
  story.stations[0].sentences = {evil};
  story.stations[0].changes = {{"ipv4.src", evil, evil, evil}};
  const auto html = page_of(story, {evil, evil}, {evil, evil, evil, evil});
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find('\033') == std::string::npos);
  CHECK(html.find("&lt;script&gt;") != std::string::npos);
}
