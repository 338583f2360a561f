# The faults that tools/lab break offers. Each says with mend_with what --undo shall do, then does the harm, with on.
# shellcheck shell=bash disable=SC2154  # kind and lab are its caller's

kinds() {
  cat <<'END'
link-down              the cable between the client and the isp is unplugged
unequal-mtu            the isp's end of the client's cable takes only packets up to 1300 bytes
no-address             the isp has lost its address on the client's cable
same-address           the isp has the client's address too
wrong-neighbour        the isp believes another MAC address to be the client's
no-route               a host does not know the way to the site
wrong-route            a host sends what is for the site to a router that is not there
no-return              packets go there, and their answers do not know the way back
short-life             the client's packets may pass no router
no-forwarding          the router keeps what is not for itself
port-blocked           the isp drops one port: the tunnel's, or without a tunnel the web's
mtu-hole               packets above 1400 bytes vanish without a word
loss [PERCENT]         some packets vanish (30 of 100, unless you say otherwise)
duplicates [PERCENT]   some packets arrive twice
corruption [PERCENT]   a byte of some packets is changed on the way
dns-dead               the name server that the client asks has died
dns-lie                an old line of the client's /etc/hosts has a wrong address for the site
web-dead               the site's web server has died
tun-down               the server's end of the tunnel is switched off
tunnel-stopped         the server's program holds its end of the tunnel and does nothing
loop                   the tunnel's own packets are routed into the tunnel
no-nat                 the VPN server sends packets on with the tunnel's private addresses
wrong-key              the client knows the VPN server by a key that is not the server's
wrong-range            the VPN server allows its client another address than it has
END
}

# Where a fault hurts: with a tunnel, the traffic leaves from the server.
with_tunnel() { ip -n "$(netns server)" link show "$tunnel_device" >/dev/null 2>&1; }
need_tunnel() { with_tunnel || fail "$kind needs a tunnel: start the VPN of chapter 06 or 09 first"; }

on_the_leaver() { if with_tunnel; then echo server; else echo client; fi; }

break_link_down() {
  mend_with isp ip link set to-client up
  on isp ip link set to-client down
}

break_unequal_mtu() {
  mend_with isp ip link set to-client mtu 1500
  on isp ip link set to-client mtu 1300
}

break_no_address() {
  mend_with isp ip addr add "$client_gateway_v4/24" dev to-client
  on isp ip addr del "$client_gateway_v4/24" dev to-client
}

break_same_address() {
  mend_with isp ip addr del "$client_v4" dev to-client
  on isp ip addr add "$client_v4" dev to-client
}

break_wrong_neighbour() {
  mend_with isp ip neigh del "$(address client v4)" dev to-client
  on isp ip neigh replace "$(address client v4)" lladdr 02:00:de:ad:00:01 dev to-client nud permanent
}

break_no_route() {
  local host
  host=$(on_the_leaver)
  mend_with "$host" ip route replace default via "$(of "$host" gateway_v4)"
  on "$host" ip route del default
}

break_wrong_route() {
  local host nowhere
  host=$(on_the_leaver)
  nowhere=$(of "$host" gateway_v4)
  nowhere=${nowhere%.*}.99
  mend_with "$host" ip route del "$(address site v4)" via "$nowhere"
  on "$host" ip route add "$(address site v4)" via "$nowhere"
}

break_no_return() {
  if with_tunnel; then
    mend_with server ip route replace "${tunnel_client_v4%.*}.0/24" dev "$tunnel_device"
    on server ip route del "${tunnel_client_v4%.*}.0/24" dev "$tunnel_device"
  else
    mend_with isp ip route replace "${client_v4%.*}.0/24" dev to-client
    on isp ip route del "${client_v4%.*}.0/24" dev to-client
  fi
}

break_short_life() {
  mend_with client sysctl -qw net.ipv4.ip_default_ttl=64
  on client sysctl -qw net.ipv4.ip_default_ttl=1
}

break_no_forwarding() {
  local host=isp
  ! with_tunnel || host=server
  mend_with $host sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  on $host sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
}

# The isp stands on every road: a table of its own, named after the fault, meddles with what passes.
meddle() {
  local family=$1 hook=$2
  table=culvert_${kind//-/_}
  mend_with isp nft delete table "$family" "$table"
  on isp nft add table "$family" "$table"
  on isp nft add chain "$family" "$table" passing "{ type filter hook $hook priority 0; }"
}

break_port_blocked() {
  local port=(tcp dport 80)
  ! with_tunnel || port=(udp dport "$tunnel_port")
  meddle inet forward
  on isp nft add rule inet "$table" passing "${port[@]}" counter drop
}

break_mtu_hole() {
  meddle inet forward
  on isp nft add rule inet "$table" passing meta length '>' 1400 counter drop
}

# sometimes PERCENT: sets $sometimes, the beginning of a rule that is true for so many packets of a hundred
sometimes() {
  [[ $1 =~ ^[0-9]+$ && $1 -le 100 ]] || fail "$kind is '$1': expected a number from 0 to 100"
  sometimes=(numgen random mod 100 '<' "$1")
}

break_loss() {
  sometimes "$1"
  meddle inet forward
  on isp nft add rule inet "$table" passing "${sometimes[@]}" counter drop
}

break_corruption() {
  sometimes "$1"
  meddle inet forward
  on isp nft add rule inet "$table" passing "${sometimes[@]}" counter @th,192,8 set 0x42
}

break_duplicates() {
  local host
  sometimes "$1"
  meddle ip prerouting
  for host in server site; do
    on isp nft add rule ip "$table" passing ip daddr "$(address $host v4)" "${sometimes[@]}" \
      counter dup to "$(address $host v4)" device "to-$host"
  done
}

# kill_daemon HOST NAME PORT START...: the last words are how it begins again
kill_daemon() {
  local host=$1 name=$2 port=$3 pids
  pids=$(numbers_of "$host" "$name")
  [ -n "$pids" ] || fail "$name does not run on the $host"
  remember start_again "$host" "$port" "${@:4}"
  # shellcheck disable=SC2086  # several numbers
  on "$host" kill -KILL $pids
  wait_for 10 is_gone "$host" "$name" || fail "$name of the $host does not end"
}

numbers_of() {
  local pid
  for pid in $(ip netns pids "$(netns "$1")"); do
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ]; then echo "$pid"; fi
  done
}

is_gone() { [ -z "$(numbers_of "$1" "$2")" ]; }

# start_again HOST PORT START...: and wait until somebody listens there
start_again() {
  "${@:3}"
  wait_for 10 listens "$1" "$2" || fail "nobody listens on port $2 of the $1"
}

listens() { ip netns exec "$(netns "$1")" ss -Hlntu sport = ":$2" | grep -q .; }

break_dns_dead() {
  local host=isp
  if stands_here client && [ "$(resolver_of_client)" != "$client_gateway_v4" ]; then host=server; fi
  kill_daemon $host dnsmasq 53 start_dns $host
}

resolver_of_client() { ip netns exec "$(netns client)" sed -n 's/^nameserver //p' /etc/resolv.conf; }

break_web_dead() { kill_daemon site nginx 80 start_nginx site site.conf; }

break_dns_lie() {
  mend_with client sh -c "kept=\$(grep -v $site_name /etc/hosts); echo \"\$kept\" >/etc/hosts"
  on client sh -c "echo ${site_v4%.*}.99 $site_name >>/etc/hosts"
}

break_tun_down() {
  need_tunnel
  mend_with server ip link set "$tunnel_device" up
  on server ip link set "$tunnel_device" down
}

# Whoever runs on the server and has opened /dev/net/tun.
holders_of_tun() {
  local pid
  for pid in $(ip netns pids "$(netns server)"); do
    if find "/proc/$pid/fd" -lname /dev/net/tun 2>/dev/null | grep -q .; then echo "$pid"; fi
  done
}

break_tunnel_stopped() {
  local pids
  need_tunnel
  pids=$(holders_of_tun)
  [ -n "$pids" ] || fail "no program on the server holds $tunnel_device"
  # shellcheck disable=SC2086  # several numbers
  mend_with server kill -CONT $pids
  # shellcheck disable=SC2086
  on server kill -STOP $pids
}

break_loop() {
  local way
  way=$(ip -n "$(netns client)" route show exact "$(address server v4)/32")
  [ -n "$way" ] || fail "$kind needs the tunnel of chapter 06: the client has no route to the server of its own to take away"
  # shellcheck disable=SC2086  # words of a route
  mend_with client ip route replace $way
  # shellcheck disable=SC2086
  on client ip route del $way
}

# Each masquerading rule of the server as: family table chain handle rule
nat_rules() {
  ip netns exec "$(netns server)" nft -a list ruleset | awk '
    $1 == "table" { family = $2; table = $3 }
    $1 == "chain" { chain = $2 }
    /masquerade|snat/ { handle = $NF; sub(/ # handle.*/, ""); print family, table, chain, handle, $0 }'
}

break_no_nat() {
  local family table chain handle rule rules
  rules=$(nat_rules)
  [ -n "$rules" ] || fail "the server has no masquerading rule to take away: start the VPN of chapter 06 first"
  while read -r family table chain handle rule; do
    mend_with server nft add rule "$family" "$table" "$chain" "$rule"
    on server nft delete rule "$family" "$table" "$chain" handle "$handle"
  done <<<"$rules"
}

# on_wg HOST ARGS...: the control socket is found by exec only
on_wg() {
  show tools/lab exec "$1" -- wg "${@:2}"
  "$rooms/exec" "$1" -- wg "${@:2}" || fail "this failed on the $1: wg ${*:2}"
}

mend_with_wg() { remember "$rooms/exec" "$1" -- wg "${@:2}"; }

# peer_of HOST: sets key, endpoint and ranges, those of its only peer in an encrypted tunnel
peer_of() {
  type wg >/dev/null 2>&1 || fail "$kind needs the program wg (Debian: wireguard-tools)"
  read -r key _ endpoint ranges _ < <("$rooms/exec" "$1" -- wg show "$tunnel_device" dump 2>/dev/null | sed 1d) ||
    fail "$kind needs an encrypted tunnel: start the VPN of chapter 09 first"
}

break_wrong_key() {
  peer_of client
  mend_with_wg client set "$tunnel_device" peer "$key" endpoint "$endpoint" allowed-ips "$ranges"
  on_wg client set "$tunnel_device" peer "$key" remove
  on_wg client set "$tunnel_device" peer "$(wg genkey | wg pubkey)" endpoint "$endpoint" allowed-ips "$ranges"
}

break_wrong_range() {
  peer_of server
  mend_with_wg server set "$tunnel_device" peer "$key" allowed-ips "$ranges"
  on_wg server set "$tunnel_device" peer "$key" allowed-ips "${tunnel_client_v4%.*}.99/32"
}
