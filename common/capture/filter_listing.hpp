// FilterListing: what libpcap makes of a filter: the program that the kernel runs on every packet, as tcpdump -d, -dd
// and -ddd print it; the first with each instruction in words.
#pragma once

#include <string>

#include "capture/filter.hpp"

namespace culvert::capture {

/// Assembly, and behind each instruction what it does:
///     (000) ldh      [12]                            ; A = bytes 12-13, the ether type
std::string filter_in_words(const Filter& filter, std::uint16_t link_type);
/// The lines of an array in C: { 0x28, 0, 0, 0x0000000c },
std::string filter_in_c(const Filter& filter);
/// How many instructions, then four numbers for each.
std::string filter_in_numbers(const Filter& filter);

}  // namespace culvert::capture
