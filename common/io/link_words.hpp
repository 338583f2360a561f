// What an interface is for, in one sentence for a person who meets it for the first time.
#pragma once

#include <string_view>

#include "io/netlink.hpp"

namespace culvert::io {

std::string_view sentence_on(const Link& link);

}  // namespace culvert::io
