# SPDX-License-Identifier: Apache-2.0
# townward_version.h, in its own folder of the build: TW_VERSION, and TW_REVISION as the working
# tree was at the last build. Looked at in every build, so only the sources that include it follow.
set(TW_GENERATED ${PROJECT_BINARY_DIR}/generated)
set(TW_VERSION_HEADER ${TW_GENERATED}/include/townward_version.h)
add_custom_target(townward_version
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DOUTPUT=${TW_VERSION_HEADER}
        -DVERSION=${PROJECT_VERSION} -P ${CMAKE_CURRENT_LIST_DIR}/revision.cmake
    BYPRODUCTS ${TW_VERSION_HEADER}
    COMMENT "Looking at the revision"
    VERBATIM)
target_include_directories(townward_flags INTERFACE ${TW_GENERATED}/include)
