# How every target of the project is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(TVTS_CCACHE ccache)
if(TVTS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TVTS_CCACHE})
endif()

find_package(Threads REQUIRED)

add_library(tvts_options INTERFACE)
target_compile_options(tvts_options INTERFACE -Wall -Wextra -Wpedantic)
target_include_directories(tvts_options INTERFACE ${CMAKE_SOURCE_DIR})
target_link_libraries(tvts_options INTERFACE Threads::Threads)
if(TVTS_WERROR)
  target_compile_options(tvts_options INTERFACE -Werror)
endif()
if(TVTS_SANITIZE)
  target_compile_options(tvts_options INTERFACE -fsanitize=${TVTS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  target_link_options(tvts_options INTERFACE -fsanitize=${TVTS_SANITIZE})
endif()

# tvts_library(core SOURCES a.cpp b.cpp DEPENDS tvts_x): the static library tvts_core of one folder.
function(tvts_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(tvts_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(tvts_${name} PUBLIC tvts_options ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
endfunction()

# tvts_test(tokenizer LABEL unit SOURCES a.cpp DEPENDS tvts_text): one GoogleTest program, one ctest entry a test.
function(tvts_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE ${ARG_DEPENDS} GTest::gtest_main)
  target_compile_definitions(test_${name} PRIVATE TVTS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${ARG_LABEL}" SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]" TIMEOUT 600)
endfunction()
