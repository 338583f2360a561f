# What the tests of chapters 04 to 06 share: a lab of their own, programs that come and go, and facts to check.
# shellcheck shell=bash
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "skipped: network namespaces need root here"; exit 77; }

export CULVERT_LAB=${CULVERT_LAB:-test}-$$
export CULVERT_QUIET=yes
work=$(mktemp -d)
programs=() # the processes we started; each is our child until we wait for it

on() { # on HOST COMMAND...
  local host=$1
  shift
  tools/lab exec "$host" -- "$@"
}

end_all() {
  local status=$? pid
  trap '' INT TERM HUP # whoever ends us may say so twice
  for pid in "${programs[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  [ $status = 0 ] || tail -n 40 "$work"/*.log 2>/dev/null || true
  tools/lab down -q || true
  rm -rf "$work"
  exit $status
}
trap end_all EXIT
trap 'exit 130' INT TERM

say() { printf '\n== %s\n' "$*"; }

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# wait_for WHAT COMMAND...: until it succeeds, ten seconds at most
wait_for() {
  local what=$1 end=$((SECONDS + 10))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "$what within 10 seconds"
    sleep 0.02
  done
}

ready_or_dead() { grep -q '^ready:' "$1" || ! kill -0 "$2" 2>/dev/null; }

# start NAME HOST COMMAND...: run it there and wait for its ready: line; its number is in $pid, its output in $work/NAME.log
start() {
  local name=$1 host=$2
  shift 2
  : >"$work/$name.log" # an earlier program of that name may have been ready
  tools/lab exec "$host" -- "$@" >"$work/$name.log" 2>&1 &
  pid=$!
  programs+=("$pid")
  wait_for "$name: no ready: line" ready_or_dead "$work/$name.log" $pid
  grep -q '^ready:' "$work/$name.log" || fail "$name ended before it was ready: $(cat "$work/$name.log")"
}

# start_unready HOST COMMAND...: start it and wait for nothing
start_unready() {
  local host=$1
  shift
  tools/lab exec "$host" -- "$@" >"$work/unready.log" 2>&1 &
  pid=$!
  programs+=("$pid")
}

# stop SIGNAL PID EXIT_STATUS
stop() {
  local status=0
  kill -s "$1" "$2"
  wait "$2" 2>/dev/null || status=$?
  [ $status = "$3" ] || fail "after SIG$1: exit status $3 expected, $status found"
}

# same WHAT EXPECTED FOUND
same() {
  [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
  echo "ok: $1"
}

# contains WHAT EXPECTED FOUND
contains() {
  case $3 in
    *"$2"*) echo "ok: $1" ;;
    *) fail "$1: expected '$2' in '$3'" ;;
  esac
}

# state HOST: all of a machine that chapters 04 to 06 may change
state() {
  on "$1" sh -c '
    ip -o addr show
    ip -o link show
    ip -4 route show table all
    ip -6 route show table all
    ip -4 rule show
    ip -6 rule show
    ip neigh show proxy
    nft list ruleset
    sysctl -a 2>/dev/null | grep -E "forwarding|ip_forward|rp_filter|disable_ipv6"
    cat /etc/resolv.conf'
}

# restored WHAT HOST BEFORE: the machine is as it was; a difference is shown
restored() {
  local after
  after=$(state "$2")
  if [ "$3" != "$after" ]; then
    diff <(echo "$3") <(echo "$after") || true
    fail "$1: the $2 is not as it was"
  fi
  echo "ok: $1: the $2 is as it was"
}

changed() {
  [ "$3" != "$(state "$2")" ] || fail "$1: expected a change on the $2, found none, so this test proves nothing"
  echo "ok: $1"
}

hash_of() { on "$1" curl -sS -m 20 "$2" | sha256sum | cut -d' ' -f1; }

no_tentative_address() { ! on "$1" ip -6 -o addr show tentative | grep -q .; }

tools/lab up -q
for host in client server; do wait_for "the $host's addresses are not settled" no_tentative_address $host; done
