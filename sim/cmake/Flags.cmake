# SPDX-License-Identifier: Apache-2.0
# The flags of our own sources, on one interface target that is never exported.
add_library(townward_flags INTERFACE)
target_compile_features(townward_flags INTERFACE c_std_11)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)

find_path(TW_RANDOM123_INCLUDE Random123/philox.h)
if(NOT TW_RANDOM123_INCLUDE)
    message(FATAL_ERROR "Townward needs the Random123 headers (Debian: librandom123-dev)")
endif()
target_include_directories(townward_flags SYSTEM INTERFACE ${TW_RANDOM123_INCLUDE})

# No contraction: a*b+c rounded once on one machine and twice on another would change the results.
target_compile_options(townward_flags INTERFACE
    -ffp-contract=off
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    $<$<BOOL:${TW_WERROR}>:-Werror>
    $<$<CONFIG:Release>:-g1>)
target_compile_definitions(townward_flags INTERFACE _POSIX_C_SOURCE=200809L)

if(NOT TW_OPENMP)
    # The vector hints stay, the threads go.
    target_compile_options(townward_flags INTERFACE -fopenmp-simd -Wno-unknown-pragmas)
endif()
if(TW_CLONES)
    target_compile_definitions(townward_flags INTERFACE TW_TARGET_CLONES=1)
endif()
if(TW_SANITIZE)
    target_compile_options(townward_flags INTERFACE
        -fsanitize=${TW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(townward_flags INTERFACE -fsanitize=${TW_SANITIZE})
endif()
