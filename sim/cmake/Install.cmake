# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` leaves: library, program, headers, scenarios, and the two ways in which
# other programs find the library (find_package and pkg-config).
include(CMakePackageConfigHelpers)

install(TARGETS townward_lib EXPORT TownwardTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET townward)
    install(TARGETS townward RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY include/townward DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h")
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/townward)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Townward)
install(EXPORT TownwardTargets NAMESPACE Townward:: DESTINATION ${package_folder})
configure_package_config_file(sim/cmake/TownwardConfig.cmake.in
    ${TW_GENERATED}/TownwardConfig.cmake
    INSTALL_DESTINATION ${package_folder}
    PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${TW_GENERATED}/TownwardConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES
    ${TW_GENERATED}/TownwardConfig.cmake
    ${TW_GENERATED}/TownwardConfigVersion.cmake
    sim/cmake/TownwardDependencies.cmake
    DESTINATION ${package_folder})

# The library is static, so what it needs is always needed: Requires and Libs, not the private ones.
# The prefix is found from the place of the file, so that the installed tree can be moved.
file(RELATIVE_PATH TW_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
set(TW_PC_LIBS "-lm")
if(TW_OPENMP)
    set(TW_PC_LIBS "${OpenMP_C_FLAGS} ${TW_PC_LIBS}")
endif()
configure_file(sim/cmake/townward.pc.in ${TW_GENERATED}/townward.pc @ONLY)
install(FILES ${TW_GENERATED}/townward.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
