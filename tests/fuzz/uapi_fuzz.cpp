#include "control/uapi.hpp"
#include "fuzz/fuzz.hpp"

void culvert::fuzz::one_input(Bytes bytes) {
  const std::string text{bytes.begin(), bytes.end()};
  const std::string peer = "public_key=" + std::string(64, 'b') + "\n";
  for (const std::string& request : {text, "set=1\n" + text, "set=1\n" + peer + text})
    use(control::parse_request(request).has_value());
  for (const std::string& answer : {text, peer + text}) {
    const auto status = control::parse_status(answer + "\nerrno=0\n\n");
    if (!status) continue;
    const std::string written = write_status(*status, {.with_drops = true});
    const auto again = control::parse_status(written);
    expect(again.has_value() && write_status(*again, {.with_drops = true}) == written,
           "what was written reads as the same");
  }
}
