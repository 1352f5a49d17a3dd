# Run at every build (cmake -P): writes OUTPUT, the source that holds the version, when it has changed.
# The revision comes from git; in a tree without git (a release archive) it is empty.
execute_process(COMMAND git describe --always --dirty --abbrev=10 WORKING_DIRECTORY ${SOURCE_DIR}
  OUTPUT_VARIABLE TVTS_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
configure_file(${SOURCE_DIR}/tvts/core/version.cpp.in ${OUTPUT} @ONLY)
