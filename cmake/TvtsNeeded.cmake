# What Debian has to bring before anything is configured or compiled: all that is missing is named at once, with the
# command that brings it. (Elsewhere the names say what to look for.)
find_package(PkgConfig REQUIRED)
set(missing "")
foreach(needed
    libavformat=libavformat-dev libavcodec=libavcodec-dev libavfilter=libavfilter-dev libswscale=libswscale-dev
    libavutil=libavutil-dev libarchive=libarchive-dev libcrypto=libssl-dev icu-i18n=libicu-dev
    nlohmann_json=nlohmann-json3-dev CLI11=libcli11-dev libhwy=libhwy-dev)
  string(REGEX MATCH "^([^=]+)=(.+)$" _ ${needed})
  set(module ${CMAKE_MATCH_1})
  set(debian_package ${CMAKE_MATCH_2})
  pkg_check_modules(TVTS_NEEDED_${module} QUIET ${module})
  if(NOT TVTS_NEEDED_${module}_FOUND)
    list(APPEND missing ${debian_package})
  endif()
endforeach()
if(missing)
  list(JOIN missing " " missing)
  message(FATAL_ERROR "tvts cannot be built here yet; run: apt-get install -y ${missing}")
endif()
