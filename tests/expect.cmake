# Runs a program and compares what it prints with a file.
#
#     cmake -DEXPECTED=tests/expected/gcd.txt -P tests/expect.cmake -- PROGRAM ARGUMENTS...
set(command "")
set(past_dashes FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE ${last})
    if(past_dashes)
        list(APPEND command "${CMAKE_ARGV${index}}")
    elseif(CMAKE_ARGV${index} STREQUAL "--")
        set(past_dashes TRUE)
    endif()
endforeach()

execute_process(COMMAND ${command} OUTPUT_VARIABLE printed RESULT_VARIABLE status)
file(READ "${EXPECTED}" expected)
if(NOT status STREQUAL "0")
    message(FATAL_ERROR "ended with ${status} after printing\n${printed}")
endif()
if(NOT printed STREQUAL expected)
    message(FATAL_ERROR "printed\n${printed}\ninstead of what ${EXPECTED} has:\n${expected}")
endif()
