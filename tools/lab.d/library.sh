# What every command of the lab shares: its names, its voice, and how it starts and ends things.
# shellcheck shell=bash
set -euo pipefail

rooms=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
. "$rooms/topology.sh"

lab=${CULVERT_LAB:-culvert}
state=/run/culvert-lab/$lab # all that up makes, apart from the namespaces and /etc/netns
quiet=${CULVERT_QUIET:-}

fail() {
  echo "tools/lab: $*" >&2
  exit 1
}

case $lab in
  '' | *[!a-z0-9-]*) fail "CULVERT_LAB is '$lab': expected lower-case letters, digits and '-'" ;;
esac

# A lab can be spread over machines. Then this file says which hosts stand on this one, and which interface of the
# machine is the wire to the others: here="client" wire=eth1
here=$hosts wire=
# shellcheck source=/dev/null
if [ "$lab" = culvert ] && [ -e /etc/culvert-lab.conf ]; then . /etc/culvert-lab.conf; fi

# only_quiet ARGUMENTS...: for commands that know no other argument than -q
only_quiet() {
  case $* in
    '') ;;
    -q) quiet=yes ;;
    *) fail "$(basename "$0") does not know '$*'; expected nothing, or -q for quiet" ;;
  esac
}

# say TEXT: a line that leads the reader through the commands below it.
say() { [ -n "$quiet" ] || printf '\n# %s\n' "$*"; }

# typed COMMAND...: as one would type it, with quotes only where they are needed
typed() {
  local word line=
  for word in "$@"; do
    [[ $word =~ ^[[:alnum:]_./:=,@%+\&-]+$ ]] || word=${word@Q}
    line+="$word "
  done
  echo "${line% }"
}

# show COMMAND...: the commands are part of the lesson
show() { [ -n "$quiet" ] || typed "$@"; }

# run COMMAND...: show it, do it, and stop at the first that fails
run() {
  show "$@"
  "$@" || fail "this command failed (status $?): $*"
}

# netns HOST -> the name of its network namespace
netns() { echo "$lab-$1"; }

is_host() { [[ " $hosts " == *" $1 "* ]]; }
stands_here() { [[ " $here " == *" $1 "* ]]; }
exists() { [ -e "/run/netns/$(netns "$1")" ]; }
is_up() { [ -e "$state/complete" ]; }

need_lab() {
  is_up || fail "there is no lab '$lab' here; build it with: tools/lab up"
}

need_host() {
  is_host "${1:-}" || fail "there is no host '${1:-}'; the hosts are: $hosts"
  stands_here "$1" || fail "the $1 stands on another machine; here are: $here"
  need_lab
}

# One lab is built or removed at a time. The lock is on /run itself, so nothing is left behind and no crash can hold it.
take_lock() {
  exec 9</run
  flock --wait 60 9 || fail "another tools/lab up or down is still working after 60 seconds"
}

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt "$end" ] || return 1
    sleep 0.05
  done
}

# The moment a process began, from /proc: with its number it names one process for ever, a recycled number does not.
# A dead process that nobody has collected yet (state Z) is no process any more.
start_time() {
  local fields
  fields=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -ra fields <<<"${fields##*) }" # what follows the name, which may contain anything, even brackets
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

# is_alive PID START_TIME
is_alive() { [ "$(start_time "$1" || echo ended)" = "$2" ]; }

# start_daemon HOST NAME COMMAND...: run a program on a host, and remember it for down
start_daemon() {
  local host=$1 name=$2
  shift 2
  mkdir -p "$state/$host"
  show ip netns exec "$(netns "$host")" "$@" "&"
  setsid ip netns exec "$(netns "$host")" "$@" </dev/null >"$state/$host/$name.out" 2>&1 9<&- &
  echo "$! $(start_time $! || echo unknown) $host $name" >>"$state/processes"
}

# What runs on a host is started where the host stands.
start_dns() {
  stands_here "$1" || return 0
  start_daemon "$1" dns dnsmasq --conf-file="$rooms/dns.conf" --pid-file="$state/$1/dns.pid" \
    --log-facility="$state/$1/dns.log" --host-record="$site_name,$(address site v4),$(address site v6)"
}

start_nginx() {
  stands_here "$1" || return 0
  start_daemon "$1" nginx nginx -p "$state/$1" -c "$rooms/$2"
}

# Every process inside the lab: the daemons that up started, and whatever else runs in its namespaces.
lab_processes() {
  {
    living_daemons
    for host in $hosts; do
      if exists "$host"; then ip netns pids "$(netns "$host")"; fi
    done
  } | sort -u
}

living_daemons() {
  local pid start
  [ -e "$state/processes" ] || return 0
  while read -r pid start _; do
    if is_alive "$pid" "$start"; then echo "$pid"; fi
  done <"$state/processes"
}

# Ask them to end, so that a VPN can undo what it did, and end those that do not listen.
end_processes() {
  local signal
  for signal in TERM KILL; do
    signal_processes $signal
    if wait_for 3 no_processes; then return 0; fi # 0 said: in a trap, a plain return repeats an older status
  done
  fail "these processes do not end: $(lab_processes | tr '\n' ' ')"
}

signal_processes() {
  local pid
  for pid in $(lab_processes); do
    kill -s "$1" "$pid" 2>/dev/null || true # it may have ended by itself since
  done
}

no_processes() { [ -z "$(lab_processes)" ]; }

# remove_lab: take away exactly what up made, whole or half
remove_lab() {
  local host
  end_processes
  if [ -e "$state/wire" ]; then return_wire; fi
  for host in $hosts; do
    if exists "$host"; then run ip netns del "$(netns "$host")"; fi
    rm -rf "/etc/netns/$(netns "$host")"
  done
  rm -rf "$state"
  rmdir --ignore-fail-on-non-empty /etc/netns 2>/dev/null || true
  # The last lab takes the folder away that its hosts' own are mounted in.
  ! rmdir /run/culvert-lab 2>/dev/null || rmdir --ignore-fail-on-non-empty /run/wireguard 2>/dev/null || true
}

# The wire belongs to the machine, and goes back to it under its own name.
return_wire() {
  local host device
  read -r host device <"$state/wire"
  rm "$state/wire"
  if exists "$host"; then run ip -n "$(netns "$host")" link set "$device" down netns $$ name "$wire"; fi
}
