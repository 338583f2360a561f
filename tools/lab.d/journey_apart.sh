# journey in a lab of two machines: each place is captured on its own machine and by its own clock; the client's captures are
# moved to the clock of the other machine, where tundump then tells the story.
# shellcheck shell=bash source=library.sh disable=SC2154  # notes and pictures are journey's
. "$rooms/machines.sh"

folder=/run/culvert-lab/culvert/journey # on either machine
watchers=()

need_places() {
  local host
  for host in client isp; do
    at "$host" mkdir -p "$folder" || fail "the $host cannot be reached; LAB=vagrant tools/lab status says what there is"
  done
}

# The client's end of the cable is one more place: with the isp's end it shows how the two clocks differ.
start_watching() {
  local label host device
  echo "clock client eth0" >>"$notes/places"
  while read -r label host device <&3; do
    # shellcheck disable=SC2016  # the shell over there expands it
    at "$host" sh -c 'echo $$ >"$0.pid" && exec tcpdump -Z root --immediate-mode -U -i "$1" -w "$0.pcap" ip' \
      "$folder/$label" "$device" </dev/null >"$notes/$label.said" 2>&1 &
    watchers+=($!)
  done 3<"$notes/places"
  wait_for 10 everybody_listens || fail "tcpdump does not listen: $(cat "$notes"/*.said)"
}

everybody_listens() { [ "$(cat "$notes"/*.said | grep -c 'listening on')" = "$(wc -l <"$notes/places")" ]; }

stop_watching() {
  local label host
  [ ${#watchers[@]} -gt 0 ] || return 0
  while read -r label host _ <&3; do
    # shellcheck disable=SC2016  # the shell over there expands it
    at "$host" sh -c 'kill -TERM "$(cat "$0.pid")"' "$folder/$label" </dev/null
  done 3<"$notes/places"
  wait "${watchers[@]}" || true
  watchers=()
}

fetch() { at "$1" cat "$folder/$2" </dev/null; }

# send FILE: what comes on the standard input, to the machine of the other three hosts
send() {
  # shellcheck disable=SC2016  # the shell over there expands it
  at isp sh -c 'cat >"$0"' "$folder/$1"
}

tell_story() {
  local inputs=() drawn=() label picture
  fetch client clock.pcap >"$notes/clock.pcap"
  fetch isp wire.pcap >"$notes/wire.pcap"
  fetch client client.pcap | "$rooms/same_clock.py" "$(address client v4)" "$notes/clock.pcap" "$notes/wire.pcap" | send client.pcap
  if [ -n "${TUNKEYLOGFILE:-}" ]; then # the client's VPN wrote it
    at client cat "$TUNKEYLOGFILE" </dev/null | send keys
    drawn+=(--keylog "$folder/keys")
  fi
  while read -r label _; do
    [ "$label" = clock ] || inputs+=(-r "$label=$folder/$label.pcap")
  done <"$notes/places"
  for picture in "${pictures[@]}"; do drawn+=("${picture%%=*}=$folder/picture${picture%%=*}"); done
  at isp tundump "${inputs[@]}" --journey --diff "${drawn[@]}" </dev/null
  for picture in "${pictures[@]}"; do fetch isp "picture${picture%%=*}" >"${picture#*=}"; done
  for label in client isp; do at $label rm -r "$folder" </dev/null; done
}
