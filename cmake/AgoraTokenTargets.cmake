# The targets of this package, the same for find_package and add_subdirectory.
#
#   AgoraToken::static        libagora_token.a, with MSVC agora_token_static.lib
#   AgoraToken::shared        libagora_token.so, .dylib, or agora_token.dll
#   AgoraToken::agora_token   the static one; the shared one when AGORA_TOKEN_SHARED is on

# agora_token_files(OUT_STATIC OUT_SHARED): the names of the static library, and of what is linked for the shared one.
function(agora_token_files out_static out_shared)
  set(static libagora_token.a)
  if(MSVC)
    set(static agora_token_static.lib)
    set(shared agora_token.lib)
  elseif(WIN32)
    set(shared libagora_token.dll.a)
  elseif(APPLE)
    set(shared libagora_token.dylib)
  else()
    set(shared libagora_token.so)
  endif()
  set(${out_static} "${static}" PARENT_SCOPE)
  set(${out_shared} "${shared}" PARENT_SCOPE)
endfunction()

# agora_token_targets(INCLUDE_DIR LIB_DIR SONAME [GLOBAL])
function(agora_token_targets include_dir lib_dir soname)
  agora_token_files(static shared)
  # What the static library needs, as rustc says.
  if(WIN32)
    set(needs "kernel32;ntdll;userenv;ws2_32;dbghelp")
  elseif(APPLE)
    set(needs "-framework CoreFoundation;iconv;m")
    # By this the library is found beside programs, and CMake gives them the path.
    set(soname "@rpath/${soname}")
  else()
    set(needs "util;rt;pthread;m;dl")
  endif()

  add_library(AgoraToken::static STATIC IMPORTED ${ARGN})
  set_target_properties(AgoraToken::static PROPERTIES
    IMPORTED_LOCATION "${lib_dir}/${static}"
    IMPORTED_LINK_INTERFACE_LANGUAGES C
    INTERFACE_INCLUDE_DIRECTORIES "${include_dir}"
    INTERFACE_LINK_LIBRARIES "${needs}")
  if(NOT WIN32 AND NOT APPLE)
    # A shared library that embeds the static one does not export it again. Not spelled LINKER:, which Meson hands on.
    set_target_properties(AgoraToken::static PROPERTIES
      INTERFACE_LINK_OPTIONS "-Wl,--exclude-libs,libagora_token.a")
  endif()

  add_library(AgoraToken::shared SHARED IMPORTED ${ARGN})
  set_target_properties(AgoraToken::shared PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${include_dir}")
  if(WIN32)
    set_target_properties(AgoraToken::shared PROPERTIES
      IMPORTED_LOCATION "${lib_dir}/../bin/agora_token.dll"
      IMPORTED_IMPLIB "${lib_dir}/${shared}")
  else()
    set_target_properties(AgoraToken::shared PROPERTIES
      IMPORTED_LOCATION "${lib_dir}/${shared}"
      IMPORTED_SONAME "${soname}")
  endif()

  add_library(AgoraToken::agora_token INTERFACE IMPORTED ${ARGN})
  if(AGORA_TOKEN_SHARED)
    set_target_properties(AgoraToken::agora_token PROPERTIES INTERFACE_LINK_LIBRARIES AgoraToken::shared)
  else()
    set_target_properties(AgoraToken::agora_token PROPERTIES INTERFACE_LINK_LIBRARIES AgoraToken::static)
  endif()
endfunction()
