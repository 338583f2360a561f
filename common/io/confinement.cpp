#include "io/confinement.hpp"

#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "io/failure.hpp"
#include "io/file_descriptor.hpp"

namespace culvert::io {
namespace {

constexpr uid_t nobody = 65534;

/// Root's own files stay shut to nobody, even on a kernel that has neither landlock nor seccomp.
void become_nobody() {
  if (::geteuid() != 0) return;
  checked(::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "keep capabilities for the moment");
  // In a user namespace that maps no other user there is nobody to become.
  const bool possible = ::setgroups(0, nullptr) == 0 || errno == EPERM;
  if (possible && ::setresgid(nobody, nobody, nobody) == 0)
    checked(::setresuid(nobody, nobody, nobody), "become user nobody");
}

void keep_only_net_admin() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> had{};
  checked(static_cast<int>(::syscall(SYS_capget, &header, had.data())), "read our capabilities");
  const std::uint32_t kept = had[0].permitted & (1u << CAP_NET_ADMIN);
  std::array<__user_cap_data_struct, 2> now{};
  now[0] = {kept, kept, 0};
  checked(static_cast<int>(::syscall(SYS_capset, &header, now.data())), "drop capabilities");
}

/// All rights over files that the first landlock knew, and none of them granted anywhere.
void shut_all_files() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
  const auto made = static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules.handled_access_fs, 0));
  if (made < 0) return;  // this kernel has no landlock, or it is turned off
  const FileDescriptor ruleset{made};
  checked(static_cast<int>(::syscall(SYS_landlock_restrict_self, ruleset.get(), 0)),
          "shut all files");
}

/// What carrying packets never needs.
constexpr std::array refused_calls{
#ifdef SYS_open  // newer architectures have only the `at` forms
    SYS_open,
    SYS_creat,
    SYS_fork,
    SYS_vfork,
#endif
    SYS_openat,
    SYS_openat2,
    SYS_open_by_handle_at,
    SYS_execve,
    SYS_execveat,
    SYS_clone,
    SYS_clone3,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_setns,
    SYS_unshare,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_keyctl,
    SYS_add_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_io_uring_setup,
    SYS_memfd_create,
    SYS_userfaultfd,
    SYS_reboot,
    SYS_kexec_load,
    SYS_sethostname,
    SYS_settimeofday,
};

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t architecture = 0;
#endif

constexpr sock_filter load(std::size_t offset) {
  return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
}
/// Goes on with the next instruction if the loaded word is `value`, else skips `otherwise` of them.
constexpr sock_filter if_equal(std::uint32_t value, std::uint8_t otherwise) {
  return {BPF_JMP | BPF_JEQ | BPF_K, 0, otherwise, value};
}
constexpr sock_filter answer(std::uint32_t action) { return {BPF_RET | BPF_K, 0, 0, action}; }

/// The calls' numbers mean what we think only on the architecture that this was compiled for.
std::vector<sock_filter> call_filter() {
  constexpr std::uint32_t no = SECCOMP_RET_ERRNO | EACCES;
  constexpr std::uint32_t x32_calls = 0x40000000;
  std::vector<sock_filter> filter{
      load(offsetof(seccomp_data, arch)),
      {BPF_JMP | BPF_JEQ | BPF_K, 1, 0, architecture},
      answer(SECCOMP_RET_KILL_PROCESS),
      load(offsetof(seccomp_data, nr)),
      {BPF_JMP | BPF_JGE | BPF_K, 0, 1, x32_calls},
      answer(no),
  };
  for (const long call : refused_calls) {
    filter.push_back(if_equal(static_cast<std::uint32_t>(call), 1));
    filter.push_back(answer(no));
  }
  filter.push_back(answer(SECCOMP_RET_ALLOW));
  return filter;
}

void refuse_calls() {
  if (architecture == 0) return;
  std::vector<sock_filter> filter = call_filter();
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  // TSYNC: of all threads, or of none, and then it says which one would not.
  const long status =
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  if (status > 0) throw std::runtime_error("refuse system calls: not in every thread");
  if (status < 0 && errno != EINVAL && errno != ENOSYS) fail("refuse system calls");
}

/// Changing the user makes the kernel forget that we want to die with our parent.
template <class Change>
void while_tied_to_parent(Change change) {
  int death_signal = 0;
  checked(::prctl(PR_GET_PDEATHSIG, &death_signal, 0, 0, 0), "ask what ties us to our parent");
  const pid_t parent = ::getppid();
  change();
  checked(::prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0), "tie us to our parent");
  if (death_signal != 0 && ::getppid() != parent) ::raise(death_signal);  // it died meanwhile
}

}  // namespace

void confine(const std::function<void()>& start_threads) {
  while_tied_to_parent([] {
    become_nobody();
    keep_only_net_admin();
  });
  checked(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "forbid memory dumps");
  checked(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "forbid new privileges");
  shut_all_files();
  start_threads();  // all that was done so far they have from this one
  refuse_calls();
}

}  // namespace culvert::io
