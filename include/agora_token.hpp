/// \file agora_token.hpp
/// Mint, read, verify and diagnose Agora tokens from C++17: AccessToken2 ("007") and AccessToken ("006").
///
/// Header-only over the C ABI in agora_token.h; link with libagora_token and nothing else.
///
///     using namespace std::chrono_literals;
///     const auto credentials = agora::Credentials::from_env();
///     const agora::Issuer issuer(credentials);
///     std::string token = issuer.issue(agora::Grant::rtc("room", 42, agora::Role::publisher).lifetime(10min)).token();
///     agora::Verifier(credentials).verify(token, agora::Expected().channel("room").uid(42));
///
/// Issuer keeps you from tokens you would regret. The build_... functions take what the official builders take, and
/// AccessToken2 and AccessToken can express every token there is. Why a token lets nobody in, diagnose tells.
///
/// What all of it has in common:
/// - App ID and App Certificate are 32 hexadecimal digits, kept as text: letter case counts.
/// - Text goes in as Text: std::string, std::string_view or const char *, of which NULL is refused by the argument's name;
///   it comes out as std::string. A NUL inside is refused where the C ABI would cut the text short; the texts of
///   AccessToken2 and AccessToken may hold any byte.
/// - Numbers go in as Integer: any integer type, refused when it does not fit instead of being cut to 32 bits.
/// - In AccessToken2 a time is a lifetime in seconds from the issue time. In AccessToken it is absolute Unix seconds.
/// - Whatever is refused throws a class derived from Error, which says by its class and by fault() who can do something
///   about it. No message holds a certificate or a token. A program built with -fno-exceptions calls agora_token.h.
/// - Objects with a handle of the C ABI may move; those that are values may be copied too. Many threads may read one object
///   while none changes it.
/// - With `using namespace agora` and agora::tools of the compat headers side by side, AccessToken2 is in both: write
///   agora::AccessToken2 or agora::tools::AccessToken2.
#ifndef AGORA_TOKEN_HPP
#define AGORA_TOKEN_HPP

#include "agora_token.h"
#include "agora_token/credentials.hpp"
#include "agora_token/doctor.hpp"
#include "agora_token/errors.hpp"
#include "agora_token/generated/builders.hpp"
#include "agora_token/generated/numbers.hpp"
#include "agora_token/identity.hpp"
#include "agora_token/inspect.hpp"
#include "agora_token/issuer.hpp"
#include "agora_token/moment.hpp"
#include "agora_token/permissions.hpp"
#include "agora_token/tokens.hpp"
#include "agora_token/verifier.hpp"

#endif
