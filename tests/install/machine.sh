# Machines to throw away: an overlay over a root file system, so that nothing below it changes and all changes can be
# seen. Below is this machine's own root, or one that tests/install/fresh_root made.
# shellcheck shell=bash source=../lab/support.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../lab/support.sh"

# Mounts end with the process that made them, however it ends.
in_mounts_of_its_own() {
  [ -n "${CULVERT_TEST_MOUNTS:-}" ] || CULVERT_TEST_MOUNTS=yes exec unshare --mount -- "$0" "$@"
}

# use_machines FOLDER: where they are kept, as long as this test runs
use_machines() {
  machines=$1
  mount -t tmpfs tmpfs "$machines"
}

# make_machine NAME ROOT: its file system is then $machines/NAME/root
make_machine() {
  local home=$machines/$1 each
  mkdir -p "$home/root" "$home/changes" "$home/work"
  mount -t overlay overlay -o "lowerdir=$2,upperdir=$home/changes,workdir=$home/work" "$home/root"
  for each in proc sys dev; do
    mount --rbind "/$each" "$home/root/$each"
  done
  mount -t tmpfs tmpfs "$home/root/run"
  mount -t tmpfs tmpfs "$home/root/tmp"
  # What the machine below asks for names and packages, this one asks too.
  if [ "$2" != / ]; then
    cp -L /etc/resolv.conf "$home/root/etc/resolv.conf"
    cp -r /etc/apt/. "$home/root/etc/apt"
  fi
}

# inside NAME COMMAND...: on that machine
inside() {
  local name=$1
  shift
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+http_proxy="$http_proxy"} chroot "$machines/$name/root" "$@"
}

# changes_of NAME -> every file that differs from the root below, apart from what apt and dpkg write for themselves
changes_of() {
  (cd "$machines/$1/changes" && find . \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o \
    -path ./var/log -o -name __pycache__ \) -prune -o ! -type d -print) | sort
}
