// The kill switch: an nft table of its own that lets nothing out but the tunnel and what the tunnel is made of. It lies
// in the kernel, so it holds when our program dies in whatever way: that is its purpose.
#pragma once

#include "base/endpoint.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

Change kill_switch(const std::string& tunnel, const Endpoint& server);

/// Removes it, also when there is none.
Command remove_kill_switch();

}  // namespace culvert::shell
