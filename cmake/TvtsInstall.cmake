# `cmake --install`: bin/tvts, share/tvts (TvtsData.cmake), share/doc/tvts. The program finds its data beside itself, in
# ../share/tvts, and libtorch in the folder it was built with.
set_target_properties(tvts PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
install(TARGETS tvts DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES README.md CHANGELOG.md CONTRIBUTING.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
