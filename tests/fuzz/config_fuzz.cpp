#include "control/config_file.hpp"
#include "fuzz/fuzz.hpp"

/// The input as a file, and as a value of every key, for few mutations make a key by chance.
void culvert::fuzz::one_input(Bytes bytes) {
  const std::string text{bytes.begin(), bytes.end()};
  for (const std::string& file : {text, "[Interface]\nMTU=1300\nAddress=" + text,
                                  "[Peer]\nEndpoint=" + text, "[Interface]\nDNS=" + text}) {
    const auto config = control::parse_config(file);
    if (!config) continue;
    const std::string written = control::write_config(*config);
    const auto again = control::parse_config(written);
    expect(again.has_value() && control::write_config(*again) == written,
           "what was written reads as the same");
  }
}
