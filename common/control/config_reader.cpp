#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "control/config_file.hpp"
#include "control/text.hpp"

namespace culvert::control {
namespace {

std::string quoted(std::string_view text) { return fmt::format("'{}'", text); }

/// A key that somebody pasted without its name must not be repeated.
std::string name_or_nothing(std::string_view key) {
  constexpr std::size_t longest_name = 24;
  return key.size() > longest_name ? "this line" : std::string{key};
}

/// What may be told about a secret that is wrong.
std::string outline(std::string_view secret) {
  return fmt::format("{} characters that are none", secret.size());
}

template <class Number>
std::optional<Number> number_within(std::string_view text, Number least, Number most) {
  const auto number = parse_number<Number>(text);
  if (!number || *number < least || *number > most) return std::nullopt;
  return number;
}

std::optional<HostAndPort> parse_host_and_port(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = number_within<std::uint16_t>(text.substr(colon + 1), 1, 65535);
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  const bool good = bracketed ? Ipv6Address::parse(host).has_value()
                              : !host.empty() && host.find_first_of(":[]/ ") == host.npos;
  if (!port || !good) return std::nullopt;
  return HostAndPort{std::string{host}, *port};
}

std::optional<RouteTable> parse_table(std::string_view text) {
  using Choice = RouteTable::Choice;
  const std::string word = lower_case(text);
  if (word == "auto") return RouteTable{Choice::automatic, 0};
  if (word == "off") return RouteTable{Choice::off, 0};
  if (word == "main") return RouteTable{Choice::number, 254};
  const auto number = parse_mark(text);
  if (!number || *number == 0) return std::nullopt;
  return RouteTable{Choice::number, *number};
}

/// A peer until its section ends: only then it is known whether it has its key.
struct UnfinishedPeer {
  std::size_t line = 0;
  std::optional<crypto::PublicKey> key;
  bool key_was_given = false;
  PeerSection rest{crypto::PublicKey::from_bytes(std::array<std::uint8_t, 32>{})};
};

/// Takes a file line by line. Each key has a function of its own, which either takes the value or complains.
class ConfigReader {
 public:
  Result<ConfigFile, std::vector<ConfigError>> read(std::string_view text);

 private:
  using Handler = void (ConfigReader::*)(std::string_view value);
  using Handlers = std::map<std::string_view, std::pair<std::string_view, Handler>>;
  static const Handlers interface_handlers;
  static const Handlers peer_handlers;

  void read_line(std::string_view line);
  void begin_section(std::string_view name);
  void end_section();
  void read_setting(std::string_view key, std::string_view value);
  void complain(std::string expected, std::string found) {
    errors_.push_back({line_, key_, std::move(expected), std::move(found)});
  }

  /// Into `slot`, or a complaint.
  template <class Slot, class Value>
  void take(Slot& slot, std::optional<Value> value, std::string expected, std::string found) {
    if (value)
      slot = std::move(*value);
    else
      complain(std::move(expected), std::move(found));
  }
  /// Each part of a list with commas.
  template <class Value>
  void take_list(std::vector<Value>& slot, std::string_view text, std::string_view expected);

  void private_key(std::string_view value);
  void listen_port(std::string_view value);
  void fwmark(std::string_view value);
  void address(std::string_view value);
  void dns(std::string_view value);
  void mtu(std::string_view value);
  void table(std::string_view value);
  void save_config(std::string_view value);
  template <std::vector<std::string> Hooks::*hook>
  void add_hook(std::string_view value) {
    (file_.interface.hooks.*hook).emplace_back(value);
  }

  void public_key(std::string_view value);
  void preshared_key(std::string_view value);
  void endpoint(std::string_view value);
  void allowed_ips(std::string_view value);
  void persistent_keepalive(std::string_view value);

  ConfigFile file_;
  std::vector<ConfigError> errors_;
  const Handlers* section_ = nullptr;
  std::map<std::string, std::size_t>
      given_;  // keys of this section that come once, and their lines
  std::map<crypto::PublicKey, std::size_t> peer_lines_;
  std::optional<UnfinishedPeer> peer_;
  std::size_t line_ = 0;
  std::string key_;  // that a complaint is about
};

const ConfigReader::Handlers ConfigReader::interface_handlers{
    {"address", {"Address", &ConfigReader::address}},
    {"dns", {"DNS", &ConfigReader::dns}},
    {"fwmark", {"FwMark", &ConfigReader::fwmark}},
    {"listenport", {"ListenPort", &ConfigReader::listen_port}},
    {"mtu", {"MTU", &ConfigReader::mtu}},
    {"postdown", {"PostDown", &ConfigReader::add_hook<&Hooks::post_down>}},
    {"postup", {"PostUp", &ConfigReader::add_hook<&Hooks::post_up>}},
    {"predown", {"PreDown", &ConfigReader::add_hook<&Hooks::pre_down>}},
    {"preup", {"PreUp", &ConfigReader::add_hook<&Hooks::pre_up>}},
    {"privatekey", {"PrivateKey", &ConfigReader::private_key}},
    {"saveconfig", {"SaveConfig", &ConfigReader::save_config}},
    {"table", {"Table", &ConfigReader::table}},
};

const ConfigReader::Handlers ConfigReader::peer_handlers{
    {"allowedips", {"AllowedIPs", &ConfigReader::allowed_ips}},
    {"endpoint", {"Endpoint", &ConfigReader::endpoint}},
    {"persistentkeepalive", {"PersistentKeepalive", &ConfigReader::persistent_keepalive}},
    {"presharedkey", {"PresharedKey", &ConfigReader::preshared_key}},
    {"publickey", {"PublicKey", &ConfigReader::public_key}},
};

/// These may stand in several lines, which then add up.
constexpr std::array repeatable{"Address", "AllowedIPs", "DNS",  "PostDown",
                                "PostUp",  "PreDown",    "PreUp"};

Result<ConfigFile, std::vector<ConfigError>> ConfigReader::read(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    ++line_;
    read_line(trimmed(text.substr(0, std::min(text.find('#'), end))));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  end_section();
  std::ranges::stable_sort(errors_, {}, &ConfigError::line);
  if (!errors_.empty()) return failure(errors_);
  return std::move(file_);
}

void ConfigReader::read_line(std::string_view line) {
  if (line.empty()) return;
  if (line.starts_with('[')) return begin_section(line);
  const std::size_t equals = line.find('=');
  const std::string_view key = trimmed(line.substr(0, equals));
  key_ = name_or_nothing(key);
  if (equals == std::string_view::npos) return complain("Key = value", "no '='");
  read_setting(key, trimmed(line.substr(equals + 1)));
}

void ConfigReader::begin_section(std::string_view name) {
  end_section();
  given_.clear();
  const std::string section = lower_case(name);
  section_ = section == "[interface]" ? &interface_handlers
             : section == "[peer]"    ? &peer_handlers
                                      : nullptr;
  key_ = name_or_nothing(name);
  if (section_ == nullptr) complain("[Interface] or [Peer]", "another section");
  if (section_ != &peer_handlers) return;
  peer_ = UnfinishedPeer{};
  peer_->line = line_;
}

void ConfigReader::end_section() {
  if (!peer_) return;
  if (!peer_->key_was_given)
    errors_.push_back({peer_->line, "[Peer]", "a PublicKey in this section", "none"});
  if (peer_->key) {
    peer_->rest.key = *peer_->key;
    file_.peers.push_back(std::move(peer_->rest));
  }
  peer_.reset();
}

void ConfigReader::read_setting(std::string_view key, std::string_view value) {
  if (section_ == nullptr) {
    if (errors_.empty()) complain("[Interface] or [Peer] before the first key", "none");
    return;
  }
  const auto handler = section_->find(lower_case(key));
  if (handler == section_->end()) {
    std::string known;
    for (const auto& [_, names] : *section_)
      known += (known.empty() ? "" : ", ") + std::string{names.first};
    return complain("one of " + known, "an unknown key");
  }
  const auto& [name, take_value] = handler->second;
  key_ = name;
  const auto [first, is_first] = given_.emplace(key_, line_);
  const bool may_repeat = std::ranges::find(repeatable, name) != repeatable.end();
  if (!is_first && !may_repeat)
    return complain("it once", fmt::format("it in line {} too", first->second));
  (this->*take_value)(value);
}

template <class Value>
void ConfigReader::take_list(std::vector<Value>& slot, std::string_view text,
                             std::string_view expected) {
  for (const std::string_view part : split(text, ',')) {
    if (const auto value = Value::parse(part))
      slot.push_back(*value);
    else
      complain(std::string{expected}, quoted(part));
  }
}

void ConfigReader::private_key(std::string_view value) {
  take(file_.interface.private_key, crypto::PrivateKey::from_base64(value),
       "a key of 44 characters, as `culvert genkey` prints it", outline(value));
}

void ConfigReader::listen_port(std::string_view value) {
  take(file_.interface.listen_port, parse_number<std::uint16_t>(value), "a port from 0 to 65535",
       quoted(value));
}

void ConfigReader::fwmark(std::string_view value) {
  take(file_.interface.fwmark, parse_mark(value == "off" ? "0" : value),
       "a number such as 51820 or 0xca6c, or off", quoted(value));
}

void ConfigReader::address(std::string_view value) {
  take_list(file_.interface.addresses, value, "an address such as 10.0.0.2/24 or fd00:10::2/64");
}

/// What is no address is a domain to search in.
void ConfigReader::dns(std::string_view value) {
  constexpr auto of_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
  for (const std::string_view part : split(value, ',')) {
    if (const auto server = IpAddress::parse(part))
      file_.interface.name_servers.push_back(*server);
    else if (!part.empty() && part.find_first_not_of(of_names) == part.npos)
      file_.interface.search_domains.emplace_back(part);
    else
      complain("an address such as 10.0.0.1, or a domain to search in", quoted(part));
  }
}

void ConfigReader::mtu(std::string_view value) {
  take(file_.interface.mtu, number_within<std::size_t>(value, 68, 65535),
       "a number from 68 to 65535", quoted(value));
}

void ConfigReader::table(std::string_view value) {
  take(file_.interface.table, parse_table(value), "auto, off or the number of a routing table",
       quoted(value));
}

void ConfigReader::save_config(std::string_view value) {
  if (lower_case(value) == "false") return;
  complain(
      "false (this program never writes to a configuration: a file that says what ought to be must "
      "not be "
      "overwritten by what happens to be)",
      quoted(value));
}

void ConfigReader::public_key(std::string_view value) {
  peer_->key_was_given = true;
  take(peer_->key, crypto::PublicKey::from_base64(value),
       "a key of 44 characters, as `culvert pubkey` prints it", quoted(value));
  if (!peer_->key) return;
  const auto [first, is_first] = peer_lines_.emplace(*peer_->key, line_);
  if (!is_first) complain("a key of its own", fmt::format("that of line {}", first->second));
}

void ConfigReader::preshared_key(std::string_view value) {
  take(peer_->rest.preshared_key, crypto::PresharedKey::from_base64(value),
       "a key of 44 characters, as `culvert genpsk` prints it", outline(value));
}

void ConfigReader::endpoint(std::string_view value) {
  take(peer_->rest.endpoint, parse_host_and_port(value),
       "HOST:PORT such as 198.51.100.2:51820, [2001:db8::2]:51820 or vpn.example:51820",
       quoted(value));
}

void ConfigReader::allowed_ips(std::string_view value) {
  if (value.empty()) return;  // a peer that may send nothing yet
  take_list(peer_->rest.allowed_ips, value,
            "a network such as 10.0.0.2/32, fd00:10::2/128 or 0.0.0.0/0");
}

void ConfigReader::persistent_keepalive(std::string_view value) {
  std::optional<std::chrono::seconds> interval;
  if (value == "off") interval = std::chrono::seconds{0};
  if (const auto number = parse_number<std::uint16_t>(value))
    interval = std::chrono::seconds{*number};
  take(peer_->rest.persistent_keepalive, interval, "seconds from 0 to 65535, or off",
       quoted(value));
}

}  // namespace

Result<ConfigFile, std::vector<ConfigError>> parse_config(std::string_view text) {
  return ConfigReader{}.read(text);
}

}  // namespace culvert::control
