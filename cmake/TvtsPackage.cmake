# `make package`: one Debian package of what `cmake --install` installs and of libtorch's libraries, which Debian does not
# have (docs/decisions/0016-debian-package.md). The component `package` is what the package has beside that; a plain
# install leaves it out.
set(TVTS_PACKAGE_REFUSED "")
file(GLOB licences ${TVTS_TORCH_ROOT}/../torch-${TVTS_TORCH_VERSION}*.dist-info/licenses)
if(EXISTS ${TVTS_TORCH_ROOT}/lib/libtorch_cuda.so)
  set(TVTS_PACKAGE_REFUSED
    "${TVTS_TORCH_ROOT} is a libtorch for GPUs, expected one for CPUs, since the package holds it (docs/build.md, Another libtorch)")
elseif(NOT licences)
  set(TVTS_PACKAGE_REFUSED "the licences of libtorch are not beside ${TVTS_TORCH_ROOT}, where its wheel has them (run tools/setup)")
endif()

function(tvts_package_only)
  install(${ARGN} COMPONENT package EXCLUDE_FROM_ALL)
endfunction()

if(TVTS_PACKAGE_REFUSED)
  tvts_package_only(CODE "message(FATAL_ERROR \"${TVTS_PACKAGE_REFUSED}\")")
else()
  set(documents ${CMAKE_INSTALL_DOCDIR})
  # Without libgomp: Debian's does, and what is under the GPL stays outside.
  tvts_package_only(FILES ${TVTS_TORCH_ROOT}/lib/libtorch_cpu.so ${TVTS_TORCH_ROOT}/lib/libc10.so DESTINATION ${bundled})
  tvts_package_only(FILES cmake/package/copyright DESTINATION ${documents})
  tvts_package_only(FILES /usr/share/doc/libcli11-dev/copyright DESTINATION ${documents} RENAME CLI11-copyright)
  tvts_package_only(FILES /usr/share/doc/nlohmann-json3-dev/copyright DESTINATION ${documents} RENAME nlohmann-json-copyright)
  # Licences of tests, tools and other languages' parts are of what libtorch's libraries do not contain.
  install(DIRECTORY ${licences}/ DESTINATION ${documents}/libtorch COMPONENT package EXCLUDE_FROM_ALL
    REGEX "/(test|testing|googletest|gtest|benchmark|dart|swift|docs|python|cpplint)$" EXCLUDE)
  tvts_package_only(CODE "set(program ${CMAKE_INSTALL_BINDIR}/$<TARGET_FILE_NAME:tvts>)
set(library ${CMAKE_INSTALL_LIBDIR}/$<TARGET_FILE_NAME:libtvts>)
set(bundled ${bundled})")
  tvts_package_only(SCRIPT cmake/package/finish.cmake)
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_BINARY_DIR};tvts;Unspecified;/;${CMAKE_BINARY_DIR};tvts;package;/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_NAME tvts)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "tvts maintainers <maintainers@tvts.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "vectors of videos and texts: embedding, search, classification")
set(CPACK_PACKAGE_DESCRIPTION "tvts turns videos into vectors with the TVTSv2 video foundation models
and with CLIP, searches and classifies videos with them, and trains such
models. It runs from one local model file, without a network.
The package holds the command, the library libtvts.so with its C++ headers,
and the libraries of libtorch ${TVTS_TORCH_VERSION} for CPUs.")
set(CPACK_STRIP_FILES OFF)  # libtorch stays as it was published
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
