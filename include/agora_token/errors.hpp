/// \file errors.hpp
/// What agora_token.hpp throws.
#ifndef AGORA_TOKEN_ERRORS_HPP
#define AGORA_TOKEN_ERRORS_HPP

#include "../agora_token.h"

#include <stdexcept>
#include <string>

static_assert(AGORA_ABI_VERSION == 2, "agora_token.hpp and agora_token.h are of different releases");

namespace agora {

/// The root of everything this header throws. what() is the whole reason in one English sentence.
///
/// Thrown as such only when the fault is neither an argument's nor a token's: AGORA_ERROR_INTERNAL,
/// AGORA_ERROR_RANDOM_SOURCE_FAILED and AGORA_ERROR_CLOCK_OUT_OF_RANGE.
class Error : public std::runtime_error {
 public:
  /// \param field must outlive the error, as string literals do
  Error(agora_status status, const char *field, const std::string &reason)
      : std::runtime_error(reason), status_(status), field_(field) {}

  /// The number, an AGORA_ERROR_* of agora_token.h.
  agora_status status() const noexcept { return status_; }

  /// The number's name, the same in every language, such as "INVALID_APP_ID".
  const char *code_name() const noexcept { return agora_status_name(status_); }

  /// The argument or token field at fault, such as "channel_name"; "" when there is none.
  const char *field() const noexcept { return field_; }

 private:
  agora_status status_;
  const char *field_;
};

/// An argument was refused (statuses 1 to 59): nothing was minted, read or verified.
class InputError : public Error {
  using Error::Error;
};

/// The text given as a token is not a well-formed one (statuses 60 to 69).
class TokenError : public Error {
  using Error::Error;
};

/// The token is well-formed but must not be trusted: its signature, time, channel, user or privileges do not fit
/// (statuses 70 to 79).
class VerificationError : public Error {
  using Error::Error;
};

namespace detail {

[[noreturn]] inline void raise(agora_status status, const char *field, const std::string &sentence) {
  switch (status) {
    case AGORA_ERROR_INTERNAL:
    case AGORA_ERROR_RANDOM_SOURCE_FAILED:
    case AGORA_ERROR_CLOCK_OUT_OF_RANGE:
      throw Error(status, field, sentence);
    default:
      break;
  }
  if (status < 60) throw InputError(status, field, sentence);
  if (status < 70) throw TokenError(status, field, sentence);
  if (status < 80) throw VerificationError(status, field, sentence);
  throw Error(status, field, sentence);
}

/// Of an argument, the reason continues its name.
[[noreturn]] inline void raise(const agora_refusal &refusal) {
  const bool continues = refusal.status < 60 && *refusal.field != '\0';
  raise(refusal.status, refusal.field, continues ? std::string(refusal.field) + ' ' + refusal.reason : refusal.reason);
}

/// Throws for a call that tells no more than its status.
inline void check(agora_status status) {
  if (status != AGORA_OK) raise(status, agora_status_field(status), agora_status_message(status));
}

}  // namespace detail
}  // namespace agora

#endif
