# What the tests of the doctor share: a fault is caused, found at its layer, and mended in the way that the doctor says.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# fault KIND LAYER WORDS: cause it, let the doctor find it, mend it as the doctor says
fault() {
  local kind=$1 layer=$2 words=$3 report
  lab a break "$kind" >/dev/null
  report=$(lab a doctor) && claim "the doctor sees $kind" false
  claim "$kind: the doctor stops at the layer $layer" grep -qE "^WRONG +$layer " <<<"$report"
  claim "$kind: it says '$words'" grep -qF -- "$words" <<<"$report"
  claim "$kind: it shows its evidence" grep -q '^ *evidence .*\$ ' <<<"$report"
  claim "$kind: it names a chapter" grep -qE 'chapter +(0[1-9]|1[01])-' <<<"$report"
  apply_the_remedy "$kind" "$report"
  claim "$kind is mended" says "all well" lab a doctor
}

# Where the doctor gives a command, that is what mends; otherwise it names the fault's --undo.
apply_the_remedy() {
  local kind=$1 remedy
  remedy=$(sed -n 's/^ *mend *tools\/lab \(exec .*\)$/\1/p' <<<"$2")
  if [ -n "$remedy" ] && [ "$kind" != no-forwarding ]; then # that one takes two commands, for IPv4 and IPv6
    claim "$kind: the command it gives works" eval "lab a $remedy"
    lab a break "$kind" --undo >/dev/null # forget it; what is mended is left alone
  else
    claim "$kind: it says how to mend it" grep -qE '^ *mend +[^ ]' <<<"$2"
    lab a break "$kind" --undo >/dev/null
  fi
}

is_ready() { grep -q ^ready: "$1"; }

# start_vpn HOST COMMAND...: one end of a tunnel, and wait until it is ready
start_vpn() {
  local out
  out=$(mktemp)
  lab a exec "$1" -- "${@:2}" >"$out" 2>&1 &
  claim "the VPN is ready: $1" eventually is_ready "$out"
  rm "$out"
}

# end_vpn HOST: whoever holds a TUN there is killed, as if it had crashed
end_vpn() {
  local pid
  for pid in $(ip netns pids "$(netns_of a "$1")"); do
    if find "/proc/$pid/fd" -lname /dev/net/tun 2>/dev/null | grep -q .; then kill -KILL "$pid"; fi
  done
}

no_tunnel_on() { ! ip -n "$(netns_of a "$1")" link show myvpn; }
