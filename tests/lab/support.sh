# What the lab's own tests share. Each test makes labs of its own name, and removes them however it ends.
# shellcheck shell=bash
set -euo pipefail

tests=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
tool=$tests/../../tools/lab

skip() {
  echo "skipped: $*"
  exit 77
}

need_root() { [ "$(id -u)" = 0 ] || skip "this needs root"; }

need_program() { [ -x "${CULVERT_BIN:-}/$1" ] || skip "this needs the program $1 in CULVERT_BIN"; }

# claim SENTENCE COMMAND...: the sentence is true if the command succeeds
claim() {
  local sentence=$1 output
  shift
  if ! output=$("$@" 2>&1); then
    printf 'FAILED: %s\n  this said no: %s\n%s\n' "$sentence" "$*" "$output"
    exit 1
  fi
  echo "ok: $sentence"
}

# says TEXT COMMAND...: whatever its exit status, the command prints this text
says() {
  local text=$1 output
  shift
  output=$("$@" 2>&1) || true
  grep -qF -- "$text" <<<"$output" || {
    printf 'expected to find: %s\nprinted: %s\n' "$text" "$output"
    return 1
  }
}

# fails_saying TEXT COMMAND...
fails_saying() {
  ! "${@:2}" >/dev/null 2>&1 || return 1
  says "$@"
}

# eventually COMMAND...: within thirty seconds, which only a broken or very busy machine needs
eventually() {
  local end=$((SECONDS + 30))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.05
  done
}

# lab NAME COMMAND...: tools/lab for the lab of this test that has this name
lab() {
  local name=$1
  shift
  CULVERT_LAB=$(lab_name "$name") "$tool" "$@"
}

# start_lab NAME COMMAND...: the same in the background; its process is $started
start_lab() {
  CULVERT_LAB=$(lab_name "$1") "$tool" "${@:2}" &
  started=$! # shellcheck disable=SC2034  # for the test that called
}

lab_name() { echo "test-$$-$1"; }
netns_of() { echo "$(lab_name "$1")-$2"; }

# use_labs NAME...: remove them at the end
use_labs() {
  used_labs=$*
  trap remove_labs EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

remove_labs() {
  local status=$? name
  for name in $used_labs; do
    lab "$name" down -q >/dev/null 2>&1 || true
  done
  exit $status
}

# on_a_machine_of_its_own ARGS...: run this test again where nobody else changes networks: the lab cannot tell it from
# the real machine, and what it finds before and after may be compared in every detail.
on_a_machine_of_its_own() {
  [ -z "${CULVERT_TEST_MACHINE:-}" ] || return 0
  CULVERT_TEST_MACHINE=yes exec unshare --mount --net -- sh -c 'mount -t tmpfs tmpfs /run && exec "$@"' sh "$0" "$@"
}
