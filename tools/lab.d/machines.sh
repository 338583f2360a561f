# LAB=vagrant: the client stands on one virtual machine, the isp, the server and the site on the other.
# shellcheck shell=bash source=library.sh disable=SC2154  # rooms is library.sh's

project=$(dirname "$(dirname "$rooms")")
ssh_config=$project/.vagrant/culvert-ssh

machine_of() { if [ "$1" = client ]; then echo client; else echo server; fi; }

# reach MACHINE COMMAND...: as root there. CULVERT_REACH may name another way than ssh.
reach() {
  local machine=$1 terminal=-T
  shift
  if [ -n "${CULVERT_REACH:-}" ]; then
    "$CULVERT_REACH" "$machine" "$@"
    return
  fi
  know_machines
  if [ -t 0 ] && [ -t 1 ]; then terminal=-t; fi
  ssh -q $terminal -F "$ssh_config" "$machine" "sudo$(printf ' %q' "$@")"
}

# `vagrant ssh` takes seconds each time, because it looks everything up again.
know_machines() {
  if [ -s "$ssh_config" ] && [ "$ssh_config" -nt "$project/.vagrant/machines/server" ]; then return; fi
  (cd "$project" && vagrant ssh-config >"$ssh_config") || {
    rm -f "$ssh_config"
    fail "vagrant does not know the two machines; start them with: vagrant up"
  }
}

on_both() {
  local machine
  for machine in server client; do
    reach $machine culvert-lab "$@"
  done
}

# at HOST COMMAND...: on the machine where the host stands
at() { reach "$(machine_of "$1")" culvert-lab exec "$1" -- "${@:2}"; }
