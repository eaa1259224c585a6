/// \file errors.hpp
/// What agora_token.hpp throws.
#ifndef AGORA_TOKEN_ERRORS_HPP
#define AGORA_TOKEN_ERRORS_HPP

#include "../agora_token.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#if !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#error "agora_token.hpp throws what it refuses; a program built with -fno-exceptions calls agora_token.h"
#endif

static_assert(AGORA_ABI_VERSION == 3, "agora_token.hpp and agora_token.h are of different releases");

namespace agora {

/// Who can do something about a refusal.
enum class Fault : std::uint32_t {
  caller = AGORA_FAULT_CALLER,                ///< whoever asked: a channel, a user or a token that came from outside
  configuration = AGORA_FAULT_CONFIGURATION,  ///< whoever runs or wrote the program; not to be told to a client
  system = AGORA_FAULT_SYSTEM,                ///< the machine, or a bug in the library: worth another try
  Caller = caller,
  Configuration = configuration,
  System = system,
};

/// "caller", "configuration" or "system".
inline const char *fault_name(Fault fault) noexcept {
  return fault == Fault::caller ? "caller" : fault == Fault::configuration ? "configuration" : "system";
}

/// Writes its name.
inline std::ostream &operator<<(std::ostream &stream, Fault fault) { return stream << fault_name(fault); }

/// One thing that is wrong.
class Refusal {
 public:
  Refusal(agora_status status, std::string field, std::string reason, std::uint16_t service)
      : status_(status), field_(std::move(field)), reason_(std::move(reason)), service_(service) {}

  /// The number, an AGORA_ERROR_* of agora_token.h.
  agora_status status() const noexcept { return status_; }

  /// The number's name, the same in every language, such as "TOKEN_EXPIRED".
  const char *code() const noexcept { return agora_status_name(status_); }

  /// The argument or token field at fault, such as "channel"; "" when there is none.
  const std::string &field() const noexcept { return field_; }

  /// Why. Of an argument it continues the field's name, as in "has 64 bytes, at most 63 expected"; of a token it is a
  /// sentence.
  const std::string &reason() const noexcept { return reason_; }

  /// Which service of the token it is about, a ServiceType; 0 for none.
  std::uint16_t service() const noexcept { return service_; }

  /// Who can do something about it.
  Fault fault() const noexcept { return static_cast<Fault>(agora_status_fault(status_)); }

 private:
  agora_status status_;
  std::string field_;
  std::string reason_;
  std::uint16_t service_;
};

namespace detail {

/// How many bytes of a sentence are the name of the argument that its reason continues.
inline std::size_t size_of_name(agora_status status, const char *field) noexcept {
  return status < 60 && *field != '\0' ? std::strlen(field) + 1 : 0;
}

}  // namespace detail

/// The root of everything this header throws. what() is field and reason in one English sentence.
///
/// The class says whose fault it is, as fault() does: InputError, TokenError and VerificationError are the caller's,
/// ConfigurationError and SystemError are not, and a client need not read them.
class Error : public std::runtime_error {
 public:
  /// \param reason without the field's name
  Error(agora_status status, const std::string &field, const std::string &reason)
      : std::runtime_error(detail::size_of_name(status, field.c_str()) > 0 ? field + ' ' + reason : reason),
        status_(status),
        field_(std::make_shared<std::string>(field)) {}

  /// The number, an AGORA_ERROR_* of agora_token.h.
  agora_status status() const noexcept { return status_; }

  /// The number's name, the same in every language, such as "INVALID_APP_ID".
  const char *code() const noexcept { return agora_status_name(status_); }

  /// The argument or token field at fault, such as "channel"; "" when there is none.
  const char *field() const noexcept { return field_->c_str(); }

  /// Why. Of an argument it continues the field's name, as in "has 64 bytes, at most 63 expected".
  const char *reason() const noexcept { return what() + detail::size_of_name(status_, field()); }

  /// Who can do something about it.
  Fault fault() const noexcept { return static_cast<Fault>(agora_status_fault(status_)); }

 private:
  agora_status status_;
  std::shared_ptr<const std::string> field_;  // an exception is copied without throwing
};

/// A value from outside was refused, such as a channel or a user: a bad request.
class InputError : public Error {
  using Error::Error;
};

/// Credentials, lifetimes, options or an argument that is NULL: whoever runs or wrote the program has to mend it.
class ConfigurationError : public Error {
  using Error::Error;
};

/// The clock, the random source, or a bug in the library.
class SystemError : public Error {
  using Error::Error;
};

/// The text given as a token is not a well-formed one (statuses 60 to 69).
class TokenError : public Error {
 public:
  TokenError(agora_status status, const std::string &field, const std::string &reason)
      : TokenError(status, field, reason, {Refusal(status, field, reason, 0)}) {}
  TokenError(agora_status status, const std::string &field, const std::string &reason, std::vector<Refusal> refusals)
      : Error(status, field, reason), refusals_(std::make_shared<std::vector<Refusal>>(std::move(refusals))) {}

  /// All that is wrong with the token; what() tells the first of it.
  const std::vector<Refusal> &refusals() const noexcept { return *refusals_; }

 private:
  std::shared_ptr<const std::vector<Refusal>> refusals_;
};

/// The token is well-formed but must not be trusted: its signature, time, channel, user or privileges do not fit
/// (statuses 70 to 79).
class VerificationError : public TokenError {
  using TokenError::TokenError;
};

namespace detail {

template <class... All>
[[noreturn]] void raise(agora_status status, const std::string &field, const std::string &reason,
                        const All &...refusals) {
  switch (static_cast<Fault>(agora_status_fault(status))) {
    case Fault::configuration:
      throw ConfigurationError(status, field, reason);
    case Fault::system:
      throw SystemError(status, field, reason);
    default:
      break;
  }
  if (status < 60) throw InputError(status, field, reason);
  if (status < 70) throw TokenError(status, field, reason, refusals...);
  throw VerificationError(status, field, reason, refusals...);
}

[[noreturn]] inline void raise(const agora_refusal &refusal) { raise(refusal.status, refusal.field, refusal.reason); }

/// Throws for a call that tells no more than its status.
inline void check(agora_status status) {
  if (status == AGORA_OK) return;
  const char *field = agora_status_field(status);
  raise(status, field, agora_status_message(status) + size_of_name(status, field));
}

}  // namespace detail
}  // namespace agora

#endif
