#include "io/account.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

#include "io/file_descriptor.hpp"

namespace culvert::io {
namespace {

/// A change of user takes them from root only; a program may have been given some by setcap(8).
void drop_all_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> none{};
  checked(static_cast<int>(::syscall(SYS_capset, &header, none.data())), "drop capabilities");
}

}  // namespace

std::optional<Account> find_account(const std::string& name) {
  const passwd* entry = ::getpwnam(name.c_str());
  if (entry == nullptr) return std::nullopt;
  return Account{.name = name, .user = entry->pw_uid, .group = entry->pw_gid};
}

bool become(const Account& account) {
  const bool root = ::geteuid() == 0;
  if (root) {
    const std::string doing = "become user " + account.name;
    checked(::initgroups(account.name.c_str(), account.group), doing.c_str());
    checked(::setresgid(account.group, account.group, account.group), doing.c_str());
    checked(::setresuid(account.user, account.user, account.user), doing.c_str());
  }
  drop_all_capabilities();
  checked(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "forbid new privileges");
  return root;
}

}  // namespace culvert::io
