# The targets of this package, the same for find_package and add_subdirectory.
#
#   AgoraToken::static        libagora_token.a
#   AgoraToken::shared        libagora_token.so
#   AgoraToken::agora_token   the static one; the shared one when AGORA_TOKEN_SHARED is on

# agora_token_targets(INCLUDE_DIR LIB_DIR SONAME [GLOBAL])
function(agora_token_targets include_dir lib_dir soname)
  add_library(AgoraToken::static STATIC IMPORTED ${ARGN})
  set_target_properties(AgoraToken::static PROPERTIES
    IMPORTED_LOCATION "${lib_dir}/libagora_token.a"
    IMPORTED_LINK_INTERFACE_LANGUAGES C
    INTERFACE_INCLUDE_DIRECTORIES "${include_dir}"
    INTERFACE_LINK_LIBRARIES "util;rt;pthread;m;dl"
    # A shared library that embeds the static one does not export it again. Not spelled LINKER:, which Meson hands on.
    INTERFACE_LINK_OPTIONS "-Wl,--exclude-libs,libagora_token.a")

  add_library(AgoraToken::shared SHARED IMPORTED ${ARGN})
  set_target_properties(AgoraToken::shared PROPERTIES
    IMPORTED_LOCATION "${lib_dir}/libagora_token.so"
    IMPORTED_SONAME "${soname}"
    INTERFACE_INCLUDE_DIRECTORIES "${include_dir}")

  add_library(AgoraToken::agora_token INTERFACE IMPORTED ${ARGN})
  if(AGORA_TOKEN_SHARED)
    set_target_properties(AgoraToken::agora_token PROPERTIES INTERFACE_LINK_LIBRARIES AgoraToken::shared)
  else()
    set_target_properties(AgoraToken::agora_token PROPERTIES INTERFACE_LINK_LIBRARIES AgoraToken::static)
  endif()
endfunction()
