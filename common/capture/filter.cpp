#include "capture/filter.hpp"

#include <fmt/format.h>
#include <pcap/pcap.h>

#include <cctype>
#include <string_view>
#include <vector>

#include "capture/filter_words.hpp"

namespace culvert::capture {
namespace {

struct PcapClose {
  void operator()(pcap_t* pcap) const { pcap_close(pcap); }
};
using Pcap = std::unique_ptr<pcap_t, PcapClose>;

constexpr int snap_length = 262144;
constexpr std::uint16_t linktype_raw = 101;

struct Word {
  std::size_t begin;
  std::size_t length;
};

/// Words and operators of an expression, as its scanner would cut them.
std::vector<Word> words_of(std::string_view text) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == ':' || c == '_' ||
           c == '-' || c == '\\';
  };
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size();) {
    if (std::isspace(static_cast<unsigned char>(text[i]))) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    if (is_word(text[i])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (end < text.size() &&
               std::string_view{"<>=!&|"}.find(text[i]) != std::string_view::npos) {
      const std::string_view two = text.substr(i, 2);
      if (two == "<=" || two == ">=" || two == "!=" || two == "==" || two == "<<" || two == ">>" ||
          two == "&&" || two == "||") {
        ++end;
      }
    }
    words.push_back({i, end - i});
    i = end;
  }
  return words;
}

std::optional<std::string> compile_error(pcap_t* pcap, const std::string& expression,
                                         bpf_program* program) {
  if (pcap_compile(pcap, program, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0)
    return std::nullopt;
  return pcap_geterr(pcap);
}

/// Is the beginning of an expression one that the grammar accepts so far? libpcap names no position; but its scanner
/// refuses the malformed address "1:2:" the moment it reads it, and the grammar complains no later than that: so if the
/// message is about "1:2:", every word before it was acceptable.
bool acceptable_so_far(pcap_t* pcap, const std::string& beginning) {
  bpf_program program{};
  const auto error = compile_error(pcap, beginning + " 1:2:", &program);
  if (!error) {
    pcap_freecode(&program);
    return true;
  }
  return error->find("1:2:") != std::string::npos;
}

/// "not understood here; did you mean 'port' or 'proto'?"
std::string help_on(const std::string& word) {
  const auto meant = meant_perhaps(word);
  if (meant.empty()) return "not understood here";
  return fmt::format("not understood here; did you mean '{}'?", fmt::join(meant, "' or '"));
}

FilterError locate_syntax_error(pcap_t* pcap, const std::string& expression) {
  for (const Word& word : words_of(expression)) {
    if (!acceptable_so_far(pcap, expression.substr(0, word.begin + word.length))) {
      return {"syntax error", word.begin, word.length,
              help_on(expression.substr(word.begin, word.length))};
    }
  }
  return {"it ends too early", expression.size(), 1, {}};
}

FilterError explain(pcap_t* pcap, const std::string& expression, std::string message) {
  if (message.find("syntax error") != std::string::npos)
    return locate_syntax_error(pcap, expression);
  if (message.find("rejects all packets") != std::string::npos) {
    return {"this filter can never match: " + expression, std::nullopt, 1, {}};
  }
  // Other messages quote the word that they are about: "unknown port 'htpp'", "unknown host 'x'".
  FilterError error{message, std::nullopt, 1, {}};
  const std::size_t open = message.find('\'');
  const std::size_t close = open == std::string::npos ? open : message.find('\'', open + 1);
  if (close == std::string::npos) return error;
  const std::string quoted = message.substr(open + 1, close - open - 1);
  for (const Word& word : words_of(expression)) {
    if (expression.substr(word.begin, word.length) == quoted) {
      error.begin = word.begin;
      error.length = word.length;
      break;
    }
  }
  return error;
}

}  // namespace

int to_dlt(std::uint16_t link_type) { return link_type == linktype_raw ? DLT_RAW : link_type; }

std::uint16_t from_dlt(int dlt) {
  return dlt == DLT_RAW ? linktype_raw : static_cast<std::uint16_t>(dlt);
}

void Filter::Free::operator()(bpf_program* program) const {
  pcap_freecode(program);
  delete program;
}

Result<Filter, FilterError> Filter::compile(const std::string& expression,
                                            std::uint16_t link_type) {
  const Pcap pcap{pcap_open_dead(to_dlt(link_type), snap_length)};
  std::unique_ptr<bpf_program, Free> program{new bpf_program{}};
  if (const auto error = compile_error(pcap.get(), expression, program.get())) {
    return failure(explain(pcap.get(), expression, *error));
  }
  return Filter{std::move(program)};
}

bool Filter::matches(const CapturedPacket& packet) const {
  pcap_pkthdr header{};
  header.caplen = static_cast<bpf_u_int32>(packet.bytes.size());
  header.len = packet.wire_length;
  return pcap_offline_filter(program_.get(), &header, packet.bytes.data()) != 0;
}

std::string point_at(const std::string& expression, const FilterError& error) {
  std::string text = "    " + expression + "\n";
  if (error.begin) {
    text += std::string(4 + *error.begin, ' ') + "^" + std::string(error.length - 1, '~') +
            (error.help.empty() ? "" : " ") + error.help + "\n";
  }
  return text;
}

}  // namespace culvert::capture
