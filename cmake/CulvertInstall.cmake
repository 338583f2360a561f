# cmake --install: programs with their manuals, the lab, and for other projects headers, archives and a package, so that
# find_package(Culvert) gives them Culvert::wire and the others. The components are what CPack makes into Debian packages.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Culvert)
get_property(rooms GLOBAL PROPERTY CULVERT_ROOMS)
install(TARGETS ${rooms} EXPORT CulvertTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/culvert COMPONENT development)
install(EXPORT CulvertTargets NAMESPACE Culvert:: DESTINATION ${package_dir} COMPONENT development)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/CulvertConfig.cmake.in
  ${PROJECT_BINARY_DIR}/CulvertConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/CulvertConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/CulvertConfig.cmake ${PROJECT_BINARY_DIR}/CulvertConfigVersion.cmake
  DESTINATION ${package_dir} COMPONENT development)

# The lab stands beside the chapters' programs, finds them there, and is started as culvert-lab.
set(course_dir ${CMAKE_INSTALL_LIBDIR}/culvert)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/lab.d DESTINATION ${course_dir}/tools
  USE_SOURCE_PERMISSIONS COMPONENT programs PATTERN __pycache__ EXCLUDE)
install(PROGRAMS ${PROJECT_SOURCE_DIR}/tools/lab DESTINATION ${course_dir}/tools COMPONENT programs)
file(RELATIVE_PATH lab /${CMAKE_INSTALL_BINDIR} /${course_dir}/tools/lab)
file(CREATE_LINK ${lab} ${PROJECT_BINARY_DIR}/culvert-lab SYMBOLIC)
install(FILES ${PROJECT_BINARY_DIR}/culvert-lab DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT programs)

# systemd looks there, whatever the libraries' folder is called.
install(FILES ${PROJECT_SOURCE_DIR}/tools/install/culvert@.service DESTINATION lib/systemd/system COMPONENT programs)

foreach(package culvert libculvert-dev)
  string(REPLACE libculvert-dev development component ${package})
  string(REPLACE culvert programs component ${component})
  install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    RENAME copyright COMPONENT ${component})
  install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
    COMPONENT ${component})
endforeach()
