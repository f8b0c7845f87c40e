# SPDX-License-Identifier: Apache-2.0
# How a test is added. All run in the source folder, so that `scenarios/xizang` is a path that
# works, and get TOWNWARD (the program), TOWNWARD_SOURCE (the source folder), TOWNWARD_BUILD (the
# build folder) and TOWNWARD_PYTHON (an interpreter that has h5py, numpy and matplotlib).

# The distribution's interpreter first: another one first on PATH often lacks the packages.
if(NOT TW_PYTHON)
    foreach(candidate /usr/bin/python3 python3)
        execute_process(COMMAND ${candidate} -c "import h5py, numpy, matplotlib"
            RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
        if(NOT failed)
            set(TW_PYTHON ${candidate} CACHE FILEPATH "Python with h5py, numpy and matplotlib")
            break()
        endif()
    endforeach()
endif()
if(NOT TW_PYTHON)
    message(STATUS "No Python with h5py, numpy and matplotlib: the Python tests are left out")
endif()

function(tw_test_properties label name)
    set(environment
        "TOWNWARD=${PROJECT_BINARY_DIR}/townward"
        "TOWNWARD_SOURCE=${PROJECT_SOURCE_DIR}"
        "TOWNWARD_BUILD=${PROJECT_BINARY_DIR}"
        "TOWNWARD_PYTHON=${TW_PYTHON}"
        "CC=${CMAKE_C_COMPILER}"
        "UBSAN_OPTIONS=print_stacktrace=1"
        "MPLBACKEND=Agg")
    set_tests_properties(${name} PROPERTIES
        LABELS ${label}
        TIMEOUT 900
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        ENVIRONMENT "${environment}")
endfunction()

# tw_add_test(unit test_draw): builds tests/unit/test_draw.c; the test is `unit.test_draw`.
function(tw_add_test label name)
    set(target ${label}_${name})
    add_executable(${target} ${label}/${name}.c)
    set_target_properties(${target} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/${label}
        OUTPUT_NAME ${name})
    target_include_directories(${target} PRIVATE
        ${PROJECT_SOURCE_DIR}/sim ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE townward_lib townward_flags Townward::dependencies)
    add_test(NAME ${label}.${name} COMMAND ${target})
    tw_test_properties(${label} ${label}.${name})
endfunction()

# tw_add_python_test(cli test_charts.py): runs tests/cli/test_charts.py.
function(tw_add_python_test label file)
    if(TW_PYTHON)
        get_filename_component(name ${file} NAME_WE)
        add_test(NAME ${label}.${name}
            COMMAND ${TW_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/${label}/${file})
        tw_test_properties(${label} ${label}.${name})
    endif()
endfunction()

# tw_add_shell_test(cli test_help.sh): runs tests/cli/test_help.sh with sh.
function(tw_add_shell_test label file)
    get_filename_component(name ${file} NAME_WE)
    add_test(NAME ${label}.${name} COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/${label}/${file})
    tw_test_properties(${label} ${label}.${name})
endfunction()
