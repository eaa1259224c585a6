/// \file agora_token.hpp
/// Mint, read, verify and diagnose Agora tokens from C++17: AccessToken2 ("007") and AccessToken ("006").
///
/// Header-only over the C ABI in agora_token.h; link with libagora_token and nothing else.
///
///     agora::Issuer issuer(app_id, app_certificate);
///     auto grant = agora::Grant::rtc(agora::Channel::named("room"), agora::User::uid(42), agora::Role::publisher);
///     std::string token = issuer.issue(grant).token;
///     agora::Verifier(app_certificate).channel_name("room").uid(42).check(token);
///
/// Issuer keeps you from tokens you would regret. The build_... functions take what the official builders take, and
/// AccessToken2 and AccessToken can express every token there is. Why a token lets nobody in, diagnose tells.
///
/// What all of it has in common:
/// - App ID and App Certificate are 32 hexadecimal digits, kept as text: letter case counts.
/// - Text goes in as std::string_view and comes out as std::string. A NUL inside is refused where the C ABI would cut
///   the text short; the texts of AccessToken2 and AccessToken may hold any byte.
/// - Numbers go in as Integer: any integer type, refused when it does not fit instead of being cut to 32 bits.
/// - In AccessToken2 a time is a lifetime in seconds from the issue time. In AccessToken it is absolute Unix seconds.
/// - Whatever is refused throws a class derived from Error. No message holds a certificate or a token.
/// - Objects with a handle of the C ABI may move but not be copied, but for Grant. Many threads may read one object
///   while none changes it.
#ifndef AGORA_TOKEN_HPP
#define AGORA_TOKEN_HPP

#include "agora_token.h"
#include "agora_token/doctor.hpp"
#include "agora_token/errors.hpp"
#include "agora_token/generated/builders.hpp"
#include "agora_token/generated/numbers.hpp"
#include "agora_token/issuer.hpp"
#include "agora_token/permissions.hpp"
#include "agora_token/tokens.hpp"
#include "agora_token/verifier.hpp"

#endif
