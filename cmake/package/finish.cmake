# The last step of putting a package together. program, library, bundled: their paths from the prefix.
set(root $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX})

# libtorch is looked for in the package and nowhere else.
file(RPATH_SET FILE ${root}/${program} NEW_RPATH "$ORIGIN/../${bundled}")
file(RPATH_SET FILE ${root}/${library} NEW_RPATH "$ORIGIN/tvts")

# Whatever the umask of who makes it.
execute_process(COMMAND find ${root} -type d -exec chmod 0755 {} + COMMAND_ERROR_IS_FATAL ANY)

# One time for all files, so that the same commit gives the same package.
if(NOT "$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
  execute_process(COMMAND find ${root} -exec touch --no-dereference --date @$ENV{SOURCE_DATE_EPOCH} {} +
    COMMAND_ERROR_IS_FATAL ANY)
endif()
