#include "noise/key_log.hpp"

#include <optional>

namespace culvert::noise {

std::string to_string(const KeyLogRecord& record) {
  return "LOCAL_STATIC_PRIVATE_KEY = " + record.local_static.to_base64() +
         "\nREMOTE_STATIC_PUBLIC_KEY = " + record.remote_static.to_base64() +
         "\nLOCAL_EPHEMERAL_PRIVATE_KEY = " + record.local_ephemeral.to_base64() +
         "\nPRESHARED_KEY = " + record.preshared.to_base64() + "\n";
}

namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Collects lines until they make a record. An ephemeral key completes it; a preshared key may follow.
class KeyLogParser {
 public:
  /// What is wrong with the line, if anything is.
  std::optional<std::string> line(std::string_view text) {
    const auto equals = text.find('=');
    const std::string_view name = trimmed(text.substr(0, equals));
    if (name.empty() || name[0] == '#') return std::nullopt;
    if (equals == std::string_view::npos) return "NAME = KEY expected, no '=' found";
    const std::string_view key = trimmed(text.substr(equals + 1));
    if (name == "LOCAL_STATIC_PRIVATE_KEY") return take(local_, key);
    if (name == "REMOTE_STATIC_PUBLIC_KEY") return take(remote_, key);
    if (name == "LOCAL_EPHEMERAL_PRIVATE_KEY") return ephemeral(key);
    if (name == "PRESHARED_KEY") return preshared(key);
    return "one of the four key names expected, another found";
  }

  std::vector<KeyLogRecord> take_records() { return std::move(records_); }

 private:
  template <class Key>
  static std::optional<std::string> take(std::optional<Key>& place, std::string_view text) {
    auto key = Key::from_base64(text);
    if (!key) return "a key has 44 base64 characters, this one has " + std::to_string(text.size());
    place.emplace(std::move(*key));
    return std::nullopt;
  }

  std::optional<std::string> ephemeral(std::string_view text) {
    std::optional<crypto::PrivateKey> key;
    if (auto error = take(key, text)) return error;
    if (!local_ || !remote_) return "an ephemeral key before the two static keys that it goes with";
    records_.push_back({*local_, *remote_, *key, crypto::PresharedKey::none()});
    return std::nullopt;
  }

  std::optional<std::string> preshared(std::string_view text) {
    std::optional<crypto::PresharedKey> key;
    if (auto error = take(key, text)) return error;
    if (records_.empty()) return "a preshared key before the ephemeral key that it goes with";
    records_.back().preshared = *key;
    return std::nullopt;
  }

  std::optional<crypto::PrivateKey> local_;
  std::optional<crypto::PublicKey> remote_;
  std::vector<KeyLogRecord> records_;
};

}  // namespace

Result<std::vector<KeyLogRecord>, std::string> parse_key_log(std::string_view text) {
  KeyLogParser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto error = parser.line(text.substr(0, end)))
      return failure("line " + std::to_string(number) + ": " + *error);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parser.take_records();
}

}  // namespace culvert::noise
