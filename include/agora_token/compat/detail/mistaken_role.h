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

/// Whether with so many times behind it an argument may be a role as well as a lifetime.
constexpr bool IsEitherForm(std::size_t times_behind) { return times_behind == 1 || times_behind == 2; }

template <class Argument>
constexpr bool IsLifetime() {
  return std::is_unsigned<Argument>::value && !std::is_same<Argument, bool>::value;
}

/// Whether an argument that stands where either a role or a lifetime may stand is a role put the wrong way. The
/// official overloads take an int role silently for a token that expires after 1 second. With one or two times behind
/// it both forms are possible, so an unsigned number is a lifetime, a UserRole a role, and all else is refused. With
/// none, three or four times behind it no role is possible.
template <class Argument, std::size_t TimesBehind>
constexpr bool IsMistakenRole() {
  return std::is_same<Argument, UserRole>::value ? !IsEitherForm(TimesBehind)
         : std::is_enum<Argument>::value
             ? true
             : IsEitherForm(TimesBehind) && std::is_integral<Argument>::value && !IsLifetime<Argument>();
}

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
