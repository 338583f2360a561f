# The lab's one truth: who stands where. Every command reads it, and nothing else knows an address.
# shellcheck shell=bash disable=SC2034  # read by those that source it
#
#   client eth0 192.0.2.2 -- to-client  isp  to-server -- eth0 198.51.100.2 server
#        Homeland                        |  to-site             Farland
#                                        |
#                                 eth0 203.0.113.80 site

hosts="client isp server site"
neighbours="client server site" # each has one cable, and it leads to the isp

client_v4=192.0.2.2/24     client_gateway_v4=192.0.2.1
client_v6=2001:db8:192::2/64  client_gateway_v6=2001:db8:192::1

server_v4=198.51.100.2/24  server_gateway_v4=198.51.100.1
server_v6=2001:db8:198::2/64  server_gateway_v6=2001:db8:198::1

site_v4=203.0.113.80/24    site_gateway_v4=203.0.113.1
site_v6=2001:db8:203::80/64   site_gateway_v6=2001:db8:203::1

# A name that only DNS knows: asking for it shows who is asked.
site_name=www.site.example

# Which resolver each host asks: the provider's, or its own.
client_dns=$client_gateway_v4
isp_dns=127.0.0.1
server_dns=127.0.0.1
site_dns=$site_gateway_v4

# The tunnel of chapters 05 and 06.
tunnel_device=myvpn
tunnel_port=5000
tunnel_client_v4=10.0.0.2/24  tunnel_client_v6=fd00:10::2/64
tunnel_server_v4=10.0.0.1/24  tunnel_server_v6=fd00:10::1/64

# of client v4 -> 192.0.2.2/24
of() {
  local name=$1_$2
  echo "${!name}"
}

# address client v4 -> 192.0.2.2
address() {
  local with_length
  with_length=$(of "$1" "$2")
  echo "${with_length%/*}"
}

# mac_of client v4 -> 02:00:c0:00:02:02: the address in hexadecimal, so that every lab prints the same frames
mac_of() {
  local bytes
  IFS=./ read -ra bytes <<<"$(of "$1" "$2")"
  printf '02:00:%02x:%02x:%02x:%02x' "${bytes[@]:0:4}"
}

# What HOST finds in /etc/hosts. The isp has an address on each cable: a host knows the one at its own end.
hosts_file() {
  local isp=$client_gateway_v4
  [ "$1" = isp ] || isp=$(of "$1" gateway_v4)
  printf '%s\n' "127.0.0.1 localhost" "::1 localhost" "$isp isp" "$(address client v4) client" \
    "$(address server v4) server" "$(address site v4) site"
}
