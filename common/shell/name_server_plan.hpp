// DNS through the tunnel: /etc/resolv.conf names the server's end of it. Questions that go to the
// old name server tell the provider every site that is visited, however well the visits themselves
// are hidden.
#pragma once

#include <optional>

#include "base/ip_address.hpp"
#include "shell/change.hpp"

namespace culvert::shell {

/// `before` is the text of /etc/resolv.conf now; none: there is no such file.
Plan name_server_plan(const IpAddress& name_server, const std::optional<std::string>& before);

/// The same for any text that is to stand there.
Plan resolver_plan(const std::string& text, const std::optional<std::string>& before);

}  // namespace culvert::shell
