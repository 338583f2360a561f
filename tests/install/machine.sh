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
    [ -e "$home/root/etc/hosts" ] || echo "127.0.0.1 localhost" >"$home/root/etc/hosts" # Debian's installer writes it
    cp -r /etc/apt/. "$home/root/etc/apt"
  fi
}

# give_network NAME: from now on it has a network of its own, with a way out by which its user came, as a virtual machine
# has. It ends with this test.
give_network() {
  local name=$1 holder
  setsid unshare --net -- sleep 3600 &
  holder=$!
  echo $holder >"$machines/$name/holder"
  eventually is_alone $holder
  in_network "$name" sh -c 'ip link set lo up; ip link add eth0 index 11 type veth peer name world index 12; ip link set world up; ip addr add 10.0.2.15/24 dev eth0
    ip link set eth0 up; ip route add default via 10.0.2.2'
}

is_alone() { [ "$(readlink /proc/self/ns/net)" != "$(readlink "/proc/$1/ns/net")" ]; }

in_network() { nsenter --net="/proc/$(cat "$machines/$1/holder")/ns/net" -- "${@:2}"; }

# connect A B: a cable between two machines, eth1 at both, with the addresses that Vagrant gives; but with the MAC addresses of the
# course's own cable, and as the first interface, so that the tutorials' output is the same to the letter
connect() {
  ip link add eth1 address 02:00:c0:00:02:02 netns "$(cat "$machines/$1/holder")" \
    type veth peer name eth1 address 02:00:c0:00:02:01 netns "$(cat "$machines/$2/holder")"
  in_network "$1" sh -c 'ip addr add 192.168.56.10/21 dev eth1; ip link set eth1 up'
  in_network "$2" sh -c 'ip addr add 192.168.56.11/21 dev eth1; ip link set eth1 up'
}

# inside NAME COMMAND...: on that machine
inside() {
  local name=$1 network=()
  shift
  if [ -e "$machines/$name/holder" ]; then network=(in_network "$name"); fi
  "${network[@]}" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    ${http_proxy:+http_proxy="$http_proxy"} chroot "$machines/$name/root" "$@"
}

# changes_of NAME -> every file that differs from the root below, apart from what apt and dpkg write for themselves
changes_of() {
  (cd "$machines/$1/changes" && find . \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o \
    -path ./var/log -o -name __pycache__ \) -prune -o ! -type d -print) | sort
}
