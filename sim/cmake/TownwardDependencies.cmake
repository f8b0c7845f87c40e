# SPDX-License-Identifier: Apache-2.0
# What the library links with. Read by this build and, installed beside the package, by programs
# that use the library, so that both find the same things in the same way.
find_package(PkgConfig REQUIRED)

# `hdf5-serial` first: where a parallel HDF5 is installed too, plain `hdf5` may be that one.
pkg_search_module(TW_HDF5 REQUIRED QUIET IMPORTED_TARGET hdf5-serial hdf5)
pkg_check_modules(TW_LIBCONFIG REQUIRED QUIET IMPORTED_TARGET libconfig)
pkg_check_modules(TW_NLOPT REQUIRED QUIET IMPORTED_TARGET nlopt)
find_library(TW_HDF5_HL_LIBRARY NAMES hdf5_hl hdf5_serial_hl HINTS ${TW_HDF5_LIBRARY_DIRS})
if(NOT TW_HDF5_HL_LIBRARY)
    message(FATAL_ERROR "Townward needs the high-level library of HDF5 (Debian: libhdf5-dev)")
endif()
if(TW_OPENMP)
    find_package(OpenMP REQUIRED COMPONENTS C)
endif()

if(NOT TARGET Townward::dependencies)
    add_library(Townward::dependencies INTERFACE IMPORTED)
    set_property(TARGET Townward::dependencies PROPERTY INTERFACE_LINK_LIBRARIES
        ${TW_HDF5_HL_LIBRARY} PkgConfig::TW_HDF5 PkgConfig::TW_LIBCONFIG
        PkgConfig::TW_NLOPT m)
    if(TW_OPENMP)
        set_property(TARGET Townward::dependencies APPEND PROPERTY INTERFACE_LINK_LIBRARIES
            OpenMP::OpenMP_C)
    endif()
endif()
