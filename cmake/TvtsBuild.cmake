# How every target of the project is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# A compiler cache where there is one. The sloppiness is what a precompiled header needs; paths are taken relative to
# the checkout, so that a second checkout finds what the first one compiled.
find_program(TVTS_CCACHE ccache)
if(TVTS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
    ${TVTS_CCACHE})
endif()

find_package(Threads REQUIRED)

# -fPIC rather than CMake's choice between it and -fPIE, so that programs can share the precompiled header of libraries.
add_library(tvts_options INTERFACE)
target_compile_options(tvts_options INTERFACE -fPIC -Wall -Wextra -Wpedantic -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # gcc 12 warns of its own std::string at -O2 and above (its bug 105651).
  target_compile_options(tvts_options INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
endif()
if(NOT TVTS_CCACHE)
  target_compile_options(tvts_options INTERFACE -fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=)  # ccache's paths are relative
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  # libstdc++ 12's std::stable_sort() calls what the library itself marks as deprecated.
  target_compile_options(tvts_options INTERFACE -Wno-deprecated-declarations)
endif()
target_include_directories(tvts_options INTERFACE ${CMAKE_SOURCE_DIR})
target_link_libraries(tvts_options INTERFACE Threads::Threads)
if(TVTS_WERROR)
  target_compile_options(tvts_options INTERFACE -Werror)
endif()
if(TVTS_SANITIZE)
  target_compile_options(tvts_options INTERFACE
    -fsanitize=${TVTS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  target_link_options(tvts_options INTERFACE -fsanitize=${TVTS_SANITIZE})
endif()

# Marks a target that is built on one that sees libtorch's headers, and lets it use their precompiled form.
# A source with compile options of its own (-mavx512f, ...) needs the property SKIP_PRECOMPILE_HEADERS.
function(tvts_share_torch_headers target)
  foreach(dependency ${ARGN})
    if(TARGET ${dependency})
      get_target_property(sees_torch ${dependency} TVTS_SEES_TORCH)
      if(sees_torch)
        set_target_properties(${target} PROPERTIES TVTS_SEES_TORCH ON)
        target_precompile_headers(${target} REUSE_FROM tvts_torch_headers)
        return()
      endif()
    endif()
  endforeach()
endfunction()

# tvts_library(media_clips SOURCES a.cpp b.cpp DEPENDS tvts_media_video): the static library tvts_media_clips of the folder
# tvts/media/clips. DEPENDS and PRIVATE_DEPENDS are also what its sources may include (docs/architecture.md).
function(tvts_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  if(NOT name MATCHES "^lab_")
    string(PREPEND name tvts_)
  endif()
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC tvts_options ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
  tvts_share_torch_headers(${name} ${ARG_DEPENDS} ${ARG_PRIVATE_DEPENDS})
endfunction()

# tvts_program(tvts SOURCES main.cpp DEPENDS tvts_x): a program of that name.
function(tvts_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE tvts_options ${ARG_DEPENDS})
  tvts_share_torch_headers(${name} ${ARG_DEPENDS})
endfunction()

# tvts_test(tokenizer LABEL unit SOURCES a.cpp DEPENDS tvts_text): one GoogleTest program, one ctest entry a test.
function(tvts_test name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS" ${ARGN})
  tvts_program(test_${name} SOURCES ${ARG_SOURCES} DEPENDS ${ARG_DEPENDS} GTest::gtest_main)
  target_compile_definitions(test_${name} PRIVATE TVTS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${ARG_LABEL}" SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]" TIMEOUT 600)
endfunction()
