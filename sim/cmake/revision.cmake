# SPDX-License-Identifier: Apache-2.0
# Run by the build with -P: writes townward_version.h when version or revision changed, and leaves
# it alone otherwise, so that a build compiles nothing anew for it. The revision is `unknown`
# outside a checkout, also for a tarball unpacked inside somebody else's repository.
set(revision unknown)
if(EXISTS ${SOURCE}/.git)
    execute_process(COMMAND git describe --always --dirty --abbrev=12 --exclude=*
        WORKING_DIRECTORY ${SOURCE}
        OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE
        ERROR_QUIET RESULT_VARIABLE failed)
    if(failed EQUAL 0 AND described)
        set(revision ${described})
    endif()
endif()

set(text "/* Written by the build. */\n")
string(APPEND text "#define TW_VERSION  \"${VERSION}\"\n#define TW_REVISION \"${revision}\"\n")
set(old "")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} old)
endif()
if(NOT old STREQUAL text)
    file(WRITE ${OUTPUT} "${text}")
endif()
