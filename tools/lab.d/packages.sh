# What each command needs from the distribution, and how it gets there. Debian's and Ubuntu's names.
# shellcheck shell=bash disable=SC2034  # missing_for reads the lists by name

# COMMAND=PACKAGE where a command shows that it is there, else just the package
lab_needs="ip=iproute2 nft=nftables sysctl=procps unshare=util-linux ethtool=ethtool ping=iputils-ping python3=python3
  nginx=nginx-light dnsmasq=dnsmasq-base curl=curl nc=netcat-openbsd tcpdump=tcpdump host=bind9-host"
build_needs="g++=g++ cmake=cmake ninja=ninja-build pkg-config=pkg-config python3=python3 catch2 libpcap-dev libcli11-dev libfmt-dev
  libexpected-dev libsodium-dev libb2-dev rapidjson-dev"
book_needs="sphinx-build=python3-sphinx furo python3-myst-parser doxygen=doxygen python3-yaml"
dist_needs="dpkg-shlibdeps=dpkg-dev file=file"
test_needs="clang++=clang python3=python3 git=git shellcheck=shellcheck dpkg-shlibdeps=dpkg-dev file=file zsh=zsh fish=fish
  chromium=chromium mandoc=mandoc vagrant=vagrant android-libboringssl-dev iperf3=iperf3 tshark=tshark wireguard-go=wireguard-go
  wg=wireguard-tools ss=iproute2"
# what tests/bench/vpn and tests/bench/run compare us with
bench_needs="tcpdump=tcpdump tshark=tshark libtins-dev iperf3=iperf3 openvpn=openvpn openssl=openssl wireguard-go=wireguard-go
  wg=wireguard-tools ethtool=ethtool
  ss=iproute2"

# need lab build test book bench: install what is missing for these, and only that
need() {
  local missing group
  missing=$(for group in "$@"; do missing_for "$group"; done | sort -u | xargs)
  # shellcheck disable=SC2086  # one word each
  [ -z "$missing" ] || get_packages $missing
  if [[ " $* " = *" build "* ]]; then check_cmake; fi
}

get_packages() {
  type apt-get >/dev/null 2>&1 ||
    fail "this machine lacks $* (Debian's names), and has no apt-get to install them"
  [ "$(id -u)" = 0 ] || fail "this machine lacks some packages. Install them with:
  sudo apt-get install --no-install-recommends $*"
  install_packages "$@"
}

# Presets with a workflow and checked header sets came with CMake 3.25. Ubuntu 22.04 has an older one.
check_cmake() {
  local found
  found=$(cmake --version | awk '{ print $3; exit }')
  [ "$(printf '%s\n' 3.25 "$found" | sort -V | head -n 1)" = 3.25 ] ||
    fail "this machine has CMake $found, expected 3.25 or newer. Ubuntu 22.04 gets one by: snap install cmake --classic," \
      "or pip install cmake, or from CMake's authors, whose site has packages for it"
}

missing_for() {
  local list=$1_needs item
  for item in ${!list}; do
    has "$item" || echo "${item#*=}"
  done
}

has() {
  case $1 in
    *=*) type "${1%=*}" >/dev/null 2>&1 ;;
    *) [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
  esac
}

install_packages() {
  echo "tools/lab installs: $*"
  apt_get update
  apt_get install --no-install-recommends "$@"
  if [[ " $* " == *" nginx-light "* ]]; then
    echo "tools/lab leaves the machine's own nginx service off: the lab starts its own"
    update-rc.d nginx disable >/dev/null
  fi
}

# Without a terminal, without questions, and silent unless it fails.
apt_get() {
  local log
  log=$(mktemp)
  DEBIAN_FRONTEND=noninteractive no_services apt-get -y -o DPkg::Lock::Timeout=300 "$@" </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    fail "apt-get could not do this: apt-get $*"
  }
  rm -f "$log"
}

# A package may start a service as it is installed; nginx would take port 80. In a mount namespace of its own, apt-get
# finds that the programs which start services do nothing. Nothing is left behind: the namespace ends with the command.
no_services() {
  if ! unshare --mount true 2>/dev/null; then
    "$@"
    return
  fi
  # shellcheck disable=SC2016  # the inner shell expands it
  unshare --mount bash -ec '
    for starter in /usr/sbin/invoke-rc.d /usr/bin/deb-systemd-invoke; do
      [ ! -e "$starter" ] || mount --bind /bin/true "$starter"
    done
    exec "$@"' no_services "$@"
}
