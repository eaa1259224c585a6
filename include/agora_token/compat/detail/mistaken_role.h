/// \file mistaken_role.h
/// Which arguments are a role put the wrong way.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_MISTAKEN_ROLE_H
#define AGORA_TOKEN_COMPAT_DETAIL_MISTAKEN_ROLE_H

#include "user_role.h"

#include <cstddef>
#include <type_traits>

namespace agora {
namespace tools {
namespace detail {

/// Whether an argument that stands where either a role or a lifetime may stand is a role put the wrong way. The
/// official overloads take an int role silently for a token that expires after 1 second. With one or two times behind
/// it both forms are possible, so an unsigned number is a lifetime, a UserRole a role, and all else is refused. With
/// none, three or four times behind it no role is possible.
template <class Argument, std::size_t TimesBehind>
constexpr bool IsMistakenRole() {
  constexpr bool either_form = TimesBehind == 1 || TimesBehind == 2;
  if (std::is_same<Argument, UserRole>::value) return !either_form;
  if (std::is_enum<Argument>::value) return true;
  constexpr bool is_lifetime = std::is_unsigned<Argument>::value && !std::is_same<Argument, bool>::value;
  return either_form && std::is_integral<Argument>::value && !is_lifetime;
}

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
