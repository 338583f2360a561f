#include "completions.hpp"

namespace culvert::tundump {
namespace {

#include "completions.inc"  // bash, fish and zsh, by tools/install/embed_completions

}  // namespace

std::string_view completion_for(Shell shell) {
  switch (shell) {
    case Shell::bash: return bash;
    case Shell::fish: return fish;
    case Shell::zsh: return zsh;
  }
  return {};
}

}  // namespace culvert::tundump
