# Configuring and building, for the commands that need programs.
# shellcheck shell=bash source=library.sh

project=$(dirname "$(dirname "$rooms")")

cmake_options=()

# build PRESET TARGET...: no target means all of them
build() {
  local preset=$1
  shift
  cd "$project"
  if type ccache >/dev/null 2>&1; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
  show cmake --preset "$preset" "${cmake_options[@]}"
  quietly cmake --preset "$preset" "${cmake_options[@]}"
  show cmake --build --preset "$preset" "${@/#/--target=}"
  quietly cmake --build --preset "$preset" "${@/#/--target=}"
}

# quietly COMMAND...: its output matters only if it fails
quietly() {
  local output
  output=$("$@" 2>&1) || fail "this command failed: $*
$output"
}
