# `cmake --install`: bin/tvts, lib/libtvts.so with its headers, CMake package and pkg-config file, share/tvts
# (TvtsData.cmake), share/doc/tvts. All find each other relative to themselves, so that the folder may be moved; libtorch is
# looked for in lib/tvts, then where it was when this was built (docs/decisions/0015-library.md).
option(TVTS_BUNDLE_LIBTORCH "Install the libraries of libtorch that are needed into lib/tvts" OFF)
include(CMakePackageConfigHelpers)

set(bundled ${CMAKE_INSTALL_LIBDIR}/tvts)
set_target_properties(tvts PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin
  INSTALL_RPATH "$ORIGIN/../${bundled};${TVTS_TORCH_ROOT}/lib")
set_target_properties(libtvts PROPERTIES EXPORT_NAME tvts INSTALL_RPATH "$ORIGIN/tvts;${TVTS_TORCH_ROOT}/lib")
target_include_directories(libtvts INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(libtvts INTERFACE cxx_std_20)
install(TARGETS tvts)
install(TARGETS libtvts EXPORT tvtsTargets)
if(TVTS_BUNDLE_LIBTORCH)
  file(GLOB libraries ${TVTS_TORCH_ROOT}/lib/libtorch_cpu.so ${TVTS_TORCH_ROOT}/lib/libc10.so
    ${TVTS_TORCH_ROOT}/lib/libgomp*.so*)
  install(PROGRAMS ${libraries} DESTINATION ${bundled} COMPONENT bundle)
endif()

# The public headers: these and no others.
install(FILES tvts/api/attention.h tvts/api/clips.h tvts/api/evaluate.h tvts/api/pretrain.h tvts/api/probe.h tvts/api/published.h tvts/api/torch.h tvts/api/tvts.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tvts/api)
install(FILES tvts/core/error.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tvts/core)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/tvts)
install(EXPORT tvtsTargets FILE tvtsConfig.cmake NAMESPACE tvts:: DESTINATION ${package})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/tvtsConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/generated/tvtsConfigVersion.cmake DESTINATION ${package})
configure_file(cmake/tvts.pc.in ${CMAKE_BINARY_DIR}/generated/tvts.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/generated/tvts.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# The manual page and bash's completion, out of what the installed program's options say.
install(CODE "execute_process(COMMAND ${CMAKE_SOURCE_DIR}/tools/command_pages $<TARGET_FILE:tvts> ${CMAKE_BINARY_DIR}/share
  COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${CMAKE_BINARY_DIR}/share/man/man1/tvts.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_BINARY_DIR}/share/bash-completion/completions/tvts
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

install(FILES README.md CHANGELOG.md CONTRIBUTING.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN docs/site EXCLUDE)
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
