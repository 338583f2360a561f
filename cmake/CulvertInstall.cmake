# cmake --install: programs, headers, archives and a package, so that find_package(Culvert) gives Culvert::wire and the others.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Culvert)
get_property(rooms GLOBAL PROPERTY CULVERT_ROOMS)
install(TARGETS ${rooms} EXPORT CulvertTargets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/culvert)
install(EXPORT CulvertTargets NAMESPACE Culvert:: DESTINATION ${package_dir})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/CulvertConfig.cmake.in
  ${PROJECT_BINARY_DIR}/CulvertConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/CulvertConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/CulvertConfig.cmake ${PROJECT_BINARY_DIR}/CulvertConfigVersion.cmake
  DESTINATION ${package_dir})
