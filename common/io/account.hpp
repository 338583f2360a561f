// Account: the user that a program started by root goes on as, once it has opened what only root may open.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace culvert::io {

struct Account {
  std::string name;
  uid_t user;
  gid_t group;
};

/// None if the machine knows no such user.
std::optional<Account> find_account(const std::string& name);

/// For good: this process is that user with the groups of that user, has no capability, and gains none from any program.
/// One that is not root stays who it is, which is said with false. Throws std::system_error.
bool become(const Account& account);

}  // namespace culvert::io
