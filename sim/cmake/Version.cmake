# SPDX-License-Identifier: Apache-2.0
# Version and revision, in one generated source. It is looked at in every build and written only
# when it changed, so a commit recompiles this one file. Run with -P it is its own script.
if(CMAKE_SCRIPT_MODE_FILE)
    set(TW_REVISION "unknown")
    find_program(GIT_PROGRAM git)
    # A tarball unpacked inside somebody else's repository has no revision of its own.
    if(GIT_PROGRAM AND EXISTS "${SOURCE_DIR}/.git")
        execute_process(
            COMMAND ${GIT_PROGRAM} describe --always --dirty --abbrev=12 --exclude=*
            WORKING_DIRECTORY ${SOURCE_DIR}
            OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE
            ERROR_QUIET RESULT_VARIABLE failed)
        if(NOT failed AND described)
            set(TW_REVISION "${described}")
        endif()
    endif()
    configure_file(${SOURCE_DIR}/sim/cmake/version.c.in ${OUTPUT} @ONLY)
    return()
endif()

set(TW_VERSION_SOURCE ${PROJECT_BINARY_DIR}/generated/version.c)
set(TW_VERSION_COMMAND ${CMAKE_COMMAND}
    -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DOUTPUT=${TW_VERSION_SOURCE}
    -DTW_VERSION=${PROJECT_VERSION} -P ${CMAKE_CURRENT_LIST_FILE})
add_custom_target(townward_version
    COMMAND ${TW_VERSION_COMMAND}
    BYPRODUCTS ${TW_VERSION_SOURCE}
    COMMENT "Looking at the revision"
    VERBATIM)
