// Story: one packet at every place where it was seen, with what happened to it on the way. Made from captures; told as text
// (story_text), as lanes (lanes) or as a page (page), which all say the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inspect/changes.hpp"
#include "wire/packet.hpp"

namespace culvert::inspect {

/// Bytes as they were captured, to be looked at later. Empty where nobody wants to look.
struct KeptBytes {
  std::vector<std::uint8_t> bytes = {};
  wire::LinkType link = wire::LinkType::raw_ip;
  std::size_t wire_length = 0;

  wire::Packet walk() const { return wire::Packet::walk(bytes, link, wire_length); }
};

/// The packet at one place.
struct Station {
  std::size_t place = 0;
  std::string delay = {};   // since it was first seen: "+61 µs"; empty without a time
  std::string hop = {};     // since the station before: "61 µs"
  std::string line = {};    // as one line, the tunnel around it first
  std::string remark = {};  // "tag right, counter 42"
  std::vector<std::string> sentences = {};  // what happened since the station before, in words
  std::vector<Change> changes = {};         // and field by field
  KeptBytes outside = {};
  KeptBytes inside = {};  // what a key opened in it
};

enum class Fate { seen, complete, lost, ambiguous, cut };

struct Story {
  std::size_t number = 0;  // from 1
  std::size_t size = 0;    // bytes
  std::string note = {};   // "sent again: the same data as packet 3"
  std::vector<Station> stations = {};
  Fate fate = Fate::seen;
  std::string end = {};                               // how it ended, unless it is complete
  std::optional<std::size_t> missing = std::nullopt;  // the place where it should have come
};

/// "complete", "lost"; empty for a packet of which nobody asked where it went.
std::string_view word(Fate fate);

}  // namespace culvert::inspect
