// Processes of our own: one that goes on in the background, and one with few rights that does the dangerous work.
#pragma once

#include <functional>

namespace culvert::io {

/// Called when all is set up and the terminal may have its prompt back.
using Ready = std::function<void()>;

/// Does `work` in a process of its own, which outlives us. Returns when that calls its argument (then 0), or when it ends
/// before (then its exit status). Until then it has our terminal; afterwards only if `keep_terminal`.
int in_background(const std::function<int(const Ready&)>& work, bool keep_terminal);

/// Standard input is at its end from now on, and what is printed goes nowhere.
void let_the_terminal_go();

/// Does `work` in a child process and waits for its end; gives its exit status, 128 + signal if one killed it. Stop signals
/// are passed on to the child, which dies if we do. Call it with the stop signals blocked (Poller).
int in_child(const std::function<int()>& work);

}  // namespace culvert::io
