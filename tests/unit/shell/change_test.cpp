#include "shell/change.hpp"

#include "io/process.hpp"
#include "support/catch.hpp"

using namespace culvert;
using namespace culvert::shell;

TEST_CASE("a command is the words of its line", "[shell]") {
  CHECK(command("ip link set myvpn up").words ==
        std::vector<std::string>{"ip", "link", "set", "myvpn", "up"});
}

TEST_CASE("a command prints as one would type it", "[shell]") {
  CHECK(to_shell(command("ip addr add fd00:10::1/64 dev myvpn nodad")) ==
        "ip addr add fd00:10::1/64 dev myvpn nodad");
  CHECK(to_shell({{"echo", "two words", "it's", ""}, ""}) == R"(echo 'two words' 'it'\''s' '')");
  CHECK(to_shell({{"cat"}, "a\nb\n"}) == "cat <<'END'\na\nb\nEND");
}

TEST_CASE("a shell reads from the printed command what was meant", "[shell]") {
  const Command meant{{"printf", "%s|", "two words", "$HOME", "`id`", "it's", "", "a*?", "\\", "#"},
                      ""};
  CHECK(io::run_process({"sh", "-c", to_shell(meant)}).output ==
        "two words|$HOME|`id`|it's||a*?|\\|#|");
  const Command fed{{"cat"}, "$HOME `id`\n\\\n'quoted'\n"};
  CHECK(io::run_process({"sh", "-c", to_shell(fed)}).output == fed.input);
}

TEST_CASE("a plan goes on with another", "[shell]") {
  Plan plan{{command("true"), std::nullopt}};
  append(plan, {{command("false"), std::nullopt}});
  REQUIRE(plan.size() == 2);
  CHECK(plan[1].apply == command("false"));
}
