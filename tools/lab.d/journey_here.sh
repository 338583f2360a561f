# journey in a lab of one machine: one tundump stands at all places.
# shellcheck shell=bash source=library.sh disable=SC2154  # notes and pictures are journey's

watcher=

at() { "$rooms/exec" "$1" -- "${@:2}"; }

need_places() {
  need_lab
  [ -x "$(programs)/tundump" ] || fail "journey needs tundump: cmake --preset release && cmake --build --preset release"
}

start_watching() {
  local inputs=() label host device
  while read -r label host device; do
    inputs+=(-i "$label=$(netns "$host")/$device")
  done <"$notes/places"
  "$(programs)/tundump" "${inputs[@]}" -B 4096 --journey --diff "${pictures[@]}" ip >"$notes/story" 2>"$notes/said" &
  watcher=$!
  wait_for 10 everybody_listens || fail "tundump does not listen: $(cat "$notes/said")"
}

everybody_listens() { [ "$(grep -c 'listening on' "$notes/said")" = "$(wc -l <"$notes/places")" ]; }

stop_watching() {
  local pid=$watcher
  watcher=
  [ -n "$pid" ] || return 0
  kill -TERM "$pid"
  wait "$pid" || fail "tundump failed: $(cat "$notes/said")"
}

tell_story() { cat "$notes/story"; }
