/// \file call.hpp
/// How a call of agora_token.hpp crosses the C ABI. But for Integer, nothing here is for use from outside.
#ifndef AGORA_TOKEN_CALL_HPP
#define AGORA_TOKEN_CALL_HPP

#include "errors.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace agora {

/// An integer argument. Every integer type converts to it; bool and floating-point types do not compile. A value that
/// does not fit throws InputError where it is used: a uid of 4294967296 or -1 never becomes another user's.
class Integer {
 public:
  /// Takes any integer of up to 64 bits.
  template <class Number, std::enable_if_t<std::is_integral_v<Number> && !std::is_same_v<Number, bool> &&
                                               sizeof(Number) <= sizeof(std::uint64_t),
                                           int> = 0>
  constexpr Integer(Number value) noexcept : negative_(value < Number{}), bits_(static_cast<std::uint64_t>(value)) {}

  /// The value as Number, or InputError with the status and the field.
  template <class Number>
  Number as(agora_status status, const char *field) const {
    using Limits = std::numeric_limits<Number>;
    const bool fits =
        negative_ ? Limits::is_signed && static_cast<std::int64_t>(bits_) >= static_cast<std::int64_t>(Limits::min())
                  : bits_ <= static_cast<std::uint64_t>(Limits::max());
    if (!fits) refuse(status, field, std::to_string(Limits::min()), std::to_string(Limits::max()));
    return static_cast<Number>(bits_);
  }

  /// The value for the C ABI, which checks it itself.
  agora_value value() const {
    constexpr std::uint32_t types[] = {AGORA_VALUE_UINT64, AGORA_VALUE_INT64};
    return {types[negative_], bits_, nullptr};
  }

 private:
  [[noreturn]] void refuse(agora_status status, const char *field, const std::string &least,
                           const std::string &most) const {
    const std::string text = negative_ ? std::to_string(static_cast<std::int64_t>(bits_)) : std::to_string(bits_);
    detail::raise(status, field,
                  std::string(field) + " is " + text + "; an integer from " + least + " to " + most + " expected");
  }

  bool negative_;
  std::uint64_t bits_;
};

namespace detail {

template <class T, void (*Release)(T *)>
struct Deleter {
  void operator()(T *owned) const noexcept { Release(owned); }
};

template <class T, void (*Release)(T *)>
using Handle = std::unique_ptr<T, Deleter<T, Release>>;

inline std::string take(char *text) {
  const Handle<char, agora_string_free> owner(text);
  return std::string(owner.get());
}

/// The C ABI takes no NULL pointer, not even for an empty text.
inline const char *data(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }

inline agora_value value(std::string_view text) { return {AGORA_VALUE_TEXT, text.size(), data(text)}; }
inline agora_value value(Integer number) { return number.value(); }
template <class Role, std::enable_if_t<std::is_enum_v<Role>, int> = 0>
agora_value value(Role role) {
  return {AGORA_VALUE_UINT64, static_cast<std::uint32_t>(role), nullptr};
}
inline agora_value value(const agora_rtm2_permissions *permissions) {
  return {AGORA_VALUE_PERMISSIONS, 0, permissions};
}

/// Writes zeros that the compiler does not leave out, though nobody reads them.
inline void wipe(char *bytes, std::size_t size) noexcept {
#if defined(__GNUC__)
  std::memset(bytes, 0, size);
  __asm__ __volatile__("" : : "r"(bytes) : "memory");
#else
  volatile char *byte = bytes;
  for (; size > 0; --size) *byte++ = 0;
#endif
}

/// A text for a C string parameter: NUL-terminated, no NUL inside, wiped in the end since it may be a certificate.
class Text {
 public:
  Text(const char *field, std::string_view text) : size_(text.size()) {
    if (text.find('\0') != std::string_view::npos) {
      raise(AGORA_ERROR_NUL_IN_TEXT, field, std::string(field) + " holds a NUL byte");
    }
    if (size_ >= sizeof small_) large_ = std::make_unique<char[]>(size_ + 1);
    text.copy(room(), size_);
    room()[size_] = '\0';
  }
  Text(const Text &) = delete;
  Text &operator=(const Text &) = delete;
  ~Text() {
    wipe(small_, sizeof small_);
    if (large_) wipe(large_.get(), size_);
  }

  /// For as long as the text lives: to the end of the call that it is made in.
  operator const char *() const { return large_ ? large_.get() : small_; }

 private:
  char *room() { return large_ ? large_.get() : small_; }

  std::size_t size_;
  char small_[64];  // IDs, certificates and documented channel names
  std::unique_ptr<char[]> large_;
};

/// Calls a function of the C ABI that tells why it refuses, and throws that.
template <class Function, class... Arguments>
void call(Function function, const Arguments &...arguments) {
  agora_refusal refusal;
  if (function(arguments..., &refusal) != AGORA_OK) raise(refusal);
}

/// Calls such a function that gives out a value.
template <class Value, class Function, class... Arguments>
Value make(Function function, const Arguments &...arguments) {
  Value value{};
  call(function, arguments..., &value);
  return value;
}

/// Calls a function that gives out a value and tells nothing but its status.
template <class Value, class Function, class... Arguments>
Value read(Function function, Arguments... arguments) {
  Value value{};
  check(function(arguments..., &value));
  return value;
}

template <class Byte, class Function, class... Arguments>
std::string read_bytes(Function function, Arguments... arguments) {
  const Byte *data = nullptr;
  std::size_t size = 0;
  check(function(arguments..., &data, &size));
  return std::string(reinterpret_cast<const char *>(data), size);
}

/// A token of a one-call builder, whose values are App ID, App Certificate and the others in the builder's order.
inline std::string build(std::uint32_t builder, std::initializer_list<agora_value> values) {
  const agora_call call{builder, 0, 0, 0};
  char *token;
  agora_refusal refusal;
  if (agora_build(&call, values.begin(), values.size(), &token, &refusal) != AGORA_OK) raise(refusal);
  return take(token);
}

}  // namespace detail
}  // namespace agora

#endif
