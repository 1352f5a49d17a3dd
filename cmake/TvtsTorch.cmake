# libtorch as the one target `torch`: headers and the shared libraries, found without Torch's own CMake package,
# because that one insists on a CUDA toolkit wherever the wheel is a CUDA build, even for a program that needs none.
# Looked for under CMAKE_PREFIX_PATH (a libtorch folder, or a wheel's torch/ folder), then in the project's .venv; while
# pip makes a wheel, in the environment of the Python that makes it.
file(GLOB TVTS_VENV_TORCH ${CMAKE_SOURCE_DIR}/.venv/lib/python3*/site-packages/torch)
if(SKBUILD)
  execute_process(COMMAND ${Python_EXECUTABLE} -c
    "import importlib.util; print(importlib.util.find_spec('torch').submodule_search_locations[0])"
    OUTPUT_VARIABLE TVTS_VENV_TORCH OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${Python_EXECUTABLE} has no torch; run: pip install torch (the version in pyproject.toml)")
  endif()
endif()
find_path(TVTS_TORCH_INCLUDE torch/csrc/api/include/torch/torch.h
  PATH_SUFFIXES include ../../include HINTS ${CMAKE_PREFIX_PATH} ${TVTS_VENV_TORCH} REQUIRED
  DOC "libtorch's include folder")
get_filename_component(TVTS_TORCH_ROOT ${TVTS_TORCH_INCLUDE} DIRECTORY)

file(STRINGS ${TVTS_TORCH_INCLUDE}/torch/headeronly/version.h TVTS_TORCH_VERSION_LINES REGEX "TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX REPLACE "[^0-9]*([0-9]+)[^0-9]+([0-9]+)[^0-9]+([0-9]+).*" "\\1.\\2.\\3" TVTS_TORCH_VERSION "${TVTS_TORCH_VERSION_LINES}")
if(TVTS_TORCH_VERSION VERSION_LESS 2.11)
  message(FATAL_ERROR "libtorch ${TVTS_TORCH_VERSION} in ${TVTS_TORCH_ROOT} is too old: 2.11 or newer is needed (run tools/setup)")
endif()
message(STATUS "libtorch ${TVTS_TORCH_VERSION} in ${TVTS_TORCH_ROOT}")

add_library(torch INTERFACE)
target_include_directories(torch SYSTEM INTERFACE ${TVTS_TORCH_INCLUDE} ${TVTS_TORCH_INCLUDE}/torch/csrc/api/include)
target_link_directories(torch INTERFACE ${TVTS_TORCH_ROOT}/lib)
target_link_libraries(torch INTERFACE torch_cpu c10)
if(EXISTS ${TVTS_TORCH_ROOT}/lib/libtorch_cuda.so)
  # Nothing of ours names a symbol of it, so the linker would drop it, and with it the CUDA device.
  target_link_libraries(torch INTERFACE -Wl,--no-as-needed torch_cuda c10_cuda -Wl,--as-needed)
endif()

# libtorch's own OpenMP runtime, and no second one: at::parallel_for in our files needs -fopenmp.
file(GLOB TVTS_TORCH_GOMP ${TVTS_TORCH_ROOT}/lib/libgomp*.so*)
target_compile_options(torch INTERFACE -fopenmp)
if(TVTS_TORCH_GOMP)
  list(GET TVTS_TORCH_GOMP 0 TVTS_TORCH_GOMP)
  target_link_libraries(torch INTERFACE ${TVTS_TORCH_GOMP})
else()
  target_link_options(torch INTERFACE -fopenmp)
endif()

# Their precompiled form, made once for all targets (docs/decisions/0006-precompiled-header.md has the numbers).
set_target_properties(torch PROPERTIES TVTS_SEES_TORCH ON)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/torch_headers.cpp CONTENT "")
add_library(tvts_torch_headers STATIC ${CMAKE_BINARY_DIR}/generated/torch_headers.cpp)
target_link_libraries(tvts_torch_headers PRIVATE tvts_options torch)
target_precompile_headers(tvts_torch_headers PRIVATE <torch/torch.h>)

set(CMAKE_BUILD_RPATH ${TVTS_TORCH_ROOT}/lib)
set(CMAKE_INSTALL_RPATH ${TVTS_TORCH_ROOT}/lib)
