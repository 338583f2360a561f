// The kill switch: an nft table of its own that lets nothing out but the tunnel and what the tunnel
// is made of. It lies in the kernel, so it holds when our program dies in whatever way: that is its
// purpose. Therefore it is no Change, which every end undoes: only somebody who asks the program to
// stop, or to clean up, removes it.
#pragma once

#include "base/endpoint.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

/// Puts it in place, in one step also where an older one is.
Command set_kill_switch(const std::string& tunnel, const Endpoint& server);

/// Instead of one server: datagrams that carry the mark, wherever they go. Only who may mark can go beside the tunnel.
Command set_kill_switch(const std::string& tunnel, std::uint32_t mark);

/// No error if there is none.
Command remove_kill_switch();

}  // namespace culvert::shell
