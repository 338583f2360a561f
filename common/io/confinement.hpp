// Confinement: a process that reads packets from strangers keeps only the rights that carrying them takes. If a packet ever
// made it do the stranger's will, that will would find no files, no programs and no power over the machine.
// capabilities(7), landlock(7), seccomp(2); SECURITY.md says what each layer is for.
#pragma once

#include <functional>

namespace culvert::io {

/// For good. Afterwards this process
///   - is user nobody, and has no capability but CAP_NET_ADMIN, which marking a socket needs;
///   - can neither open a file nor start a program, nor look into another process;
///   - gains no rights from any program, and leaves no memory dump with keys in it.
/// What the kernel has not got is passed over: each layer is a further wall behind the one before it.
/// Nor does it start a thread afterwards. `start_threads` is called when it still may: its threads are confined as well.
void confine(const std::function<void()>& start_threads = [] {});

}  // namespace culvert::io
