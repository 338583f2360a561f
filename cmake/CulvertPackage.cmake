# cpack: two Debian packages, culvert (programs and lab) and libculvert-dev (the library for other projects).
# `tools/lab dist` builds with the preset `package` and runs cpack.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Culvert authors <authors@culvert.example>")
set(CPACK_COMPONENTS_ALL programs development)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_PROGRAMS_PACKAGE_NAME culvert)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_DEPENDS "nftables")  # chapter programs and the VPN hand their firewall rules to nft
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_RECOMMENDS "iproute2, procps")
# The lab installs these itself when it is first opened, and leaves nginx off; as Recommends, apt would start nginx.
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SUGGESTS
  "wireguard-tools, nginx-light, dnsmasq-base, curl, tcpdump, bind9-host, ethtool, iputils-ping, python3")
set(CPACK_DEBIAN_PROGRAMS_DESCRIPTION
"The VPN, the packet printer tundump, the programs of all chapters, and culvert-lab,
which opens a small Internet of four hosts on this machine to try them in.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libculvert-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libfmt-dev, libexpected-dev, libcli11-dev, libpcap-dev, libsodium-dev, libb2-dev, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"The library, for programs of your own: headers, archives and a CMake package.
find_package(Culvert) gives Culvert::wire and the other rooms.")

include(CPack)
