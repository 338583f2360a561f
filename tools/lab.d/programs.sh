# Where the programs of this project's build are.
# shellcheck shell=bash source=library.sh

# programs -> the folder of the programs: CULVERT_BIN, else the release build, else the build made last, else nothing
programs() {
  local build
  build=$(readlink -f "$rooms/../..")/build
  if [ -n "${CULVERT_BIN:-}" ]; then
    echo "$CULVERT_BIN"
  elif [ -d "$build/release/bin" ]; then
    echo "$build/release/bin"
  elif [ -d "$build" ]; then
    find "$build" -mindepth 2 -maxdepth 2 -name bin -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-
  fi
}
