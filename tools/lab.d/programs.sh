# Where the programs of this project's build are.
# shellcheck shell=bash source=library.sh

# programs -> the folder of the programs: CULVERT_BIN, else the installed ones, else the release build, else the build
# made last, else nothing
programs() {
  local build
  build=$(readlink -f "$rooms/../..")/build
  if [ -n "${CULVERT_BIN:-}" ]; then
    echo "$CULVERT_BIN"
  elif are_installed; then
    readlink -f "$rooms/../../chapters"
  elif [ -d "$build/release/bin" ]; then
    echo "$build/release/bin"
  elif [ -d "$build" ]; then
    find "$build" -mindepth 2 -maxdepth 2 -name bin -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-
  fi
}

# In an installed package the folder beside tools/ holds the chapters' programs, in the sources their folders.
are_installed() { [ -f "$rooms/../../chapters/06-all-traffic" ]; }
