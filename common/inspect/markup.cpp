#include "inspect/markup.hpp"

#include <cstdint>

namespace culvert::inspect {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";  // U+FFFD

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0};
}

/// The length of the UTF-8 sequence that begins there (RFC 3629, section 4), or 0 if none does. U+FFFE and U+FFFF, which XML
/// forbids, and the control characters of Latin-1 count as none.
std::size_t sequence(std::string_view text, std::size_t at) {
  const std::uint8_t a = byte_at(text, at), b = byte_at(text, at + 1);
  const auto tail = [&](std::size_t i) { return (byte_at(text, at + i) & 0xc0) == 0x80; };
  if (a >= 0xc2 && a <= 0xdf) return tail(1) && !(a == 0xc2 && b < 0xa0) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const bool overlong = a == 0xe0 && b < 0xa0, surrogate = a == 0xed && b > 0x9f;
    const bool forbidden = a == 0xef && b == 0xbf && byte_at(text, at + 2) >= 0xbe;
    return tail(1) && tail(2) && !overlong && !surrogate && !forbidden ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const bool overlong = a == 0xf0 && b < 0x90, beyond = a == 0xf4 && b > 0x8f;
    return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

std::string_view reference(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
  }
  return {};
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::uint8_t byte = byte_at(text, i);
    if (const auto name = reference(text[i]); !name.empty()) {
      out += name;
      ++i;
    } else if (byte >= 0x20 && byte < 0x7f) {
      out += text[i++];
    } else if (const std::size_t size = sequence(text, i); size > 0) {
      out += text.substr(i, size);
      i += size;
    } else {
      out += replacement;
      ++i;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

}  // namespace culvert::inspect
