# What the tests of chapter 09 share: keys, configuration files, and tunnels of ours and of others, on top of tunnel.sh.
# shellcheck shell=bash disable=SC2119,SC2120,SC2154  # settings may be left out; work is tunnel.sh's
. tests/lab/tunnel.sh

need_tool() { type "$1" >/dev/null 2>&1 || { echo "skipped: this needs $1"; exit 77; }; }

# make_key NAME: its private key in $work/NAME.key, its public key in $work/NAME.pub
make_key() {
  (umask 077 && on client culvert genkey >"$work/$1.key")
  on client culvert pubkey <"$work/$1.key" >"$work/$1.pub"
}

private_key() { cat "$work/$1.key"; }
public_key() { cat "$work/$1.pub"; }

# config FOLDER/NAME < TEXT: a file as one keeps it
config() {
  mkdir -p "$work/${1%/*}"
  (umask 077 && cat >"$work/$1.conf")
}

# server_config [SETTING...]: the tunnel's end on the server, with the client as its only peer
server_config() {
  config server/myvpn <<END
[Interface]
PrivateKey = $(private_key server)
Address = 10.0.0.1/24, fd00:10::1/64
ListenPort = 5000
[Peer]
PublicKey = $(public_key client)
AllowedIPs = 10.0.0.2/32, fd00:10::2/128
$(printf '%s\n' "$@")
END
}

# client_config [SETTING...]: the client's end, which takes everything
client_config() {
  config client/myvpn <<END
[Interface]
PrivateKey = $(private_key client)
Address = 10.0.0.2/24, fd00:10::2/64
DNS = 10.0.0.1
[Peer]
PublicKey = $(public_key server)
Endpoint = ${endpoint:-198.51.100.2:5000}
AllowedIPs = 0.0.0.0/0, ::/0
$(printf '%s\n' "$@")
END
}

# wg_config HOST/NAME: the part of a file of ours that `wg setconf` understands
wg_config() { grep -vE '^(Address|DNS|MTU)' "$work/$1.conf"; }

# bare HOST PROGRAM: an interface myvpn there, served by `culvert` or `wireguard-go`, with the settings of that host's file
bare() {
  local host=$1 program=$2 address
  on "$host" "$program" myvpn >"$work/$host-bare.log" 2>&1 || fail "$program does not start: $(cat "$work/$host-bare.log")"
  wg_config "$host/myvpn" | on "$host" wg setconf myvpn /dev/stdin
  for address in $(sed -n 's/^Address = //p' "$work/$host/myvpn.conf" | tr , ' '); do
    on "$host" ip addr add "$address" dev myvpn
  done
  on "$host" ip link set myvpn mtu 1420 up
}

# site_through_tunnel: the client's ways to the site lead through the tunnel, without a rule or a mark
site_through_tunnel() {
  on client ip route add 203.0.113.0/24 dev myvpn
  on client ip route add 2001:db8:203::/64 dev myvpn
}

# gateway: the server forwards and masquerades, for programs that do not do it themselves
gateway() {
  on server sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  on server nft -f - <<'END'
table inet test_gateway {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname "eth0" ip saddr 10.0.0.0/24 masquerade
    oifname "eth0" ip6 saddr fd00:10::/64 masquerade
  }
}
END
}

remove_interface() { on "$1" ip link del myvpn; }

whoami_says() { [[ $(on client curl -sS -m 5 "${1:-http://site}/whoami") == *Farland* ]]; }

# same_bytes WHAT FILE URL: what the site has and what the client gets
same_bytes() {
  same "$1" "$(sha256sum <"/run/culvert-lab/$CULVERT_LAB/site/$2" | cut -d' ' -f1)" "$(hash_of client "$3/$2")"
}

make_key server
make_key client
