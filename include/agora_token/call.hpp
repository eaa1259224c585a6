/// \file call.hpp
/// How a call of agora_token.hpp crosses the C ABI. But for Integer and Text, nothing here is for use from outside.
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

  /// The value as Number, or an Error with the status and the field.
  /// \param least what the refusal says is the least, where 0 has a refusal of its own
  template <class Number>
  Number as(agora_status status, const char *field, const char *least = nullptr) const {
    using Limits = std::numeric_limits<Number>;
    const bool fits =
        negative_ ? Limits::is_signed && static_cast<std::int64_t>(bits_) >= static_cast<std::int64_t>(Limits::min())
                  : bits_ <= static_cast<std::uint64_t>(Limits::max());
    if (!fits) {
      refuse(status, field, least == nullptr ? std::to_string(Limits::min()) : least, std::to_string(Limits::max()));
    }
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
    detail::raise(status, field, "is " + text + "; an integer from " + least + " to " + most + " expected");
  }

  bool negative_;
  std::uint64_t bits_;
};

/// A text argument: std::string, std::string_view, const char * and whatever converts to them. It is borrowed for the
/// call. A pointer that is NULL, as std::getenv gives, throws ConfigurationError where it is used and names the argument.
class Text {
 public:
  Text(const char *text) noexcept : data_(text), size_(text == nullptr ? 0 : std::strlen(text)), is_terminated_(true) {}
  Text(const std::string &text) noexcept : data_(text.c_str()), size_(text.size()), is_terminated_(true) {}
  Text(std::nullptr_t) = delete;
  template <class From, std::enable_if_t<std::is_convertible_v<const From &, std::string_view> &&
                                             !std::is_pointer_v<std::decay_t<From>>,
                                         int> = 0>
  Text(const From &text) noexcept(std::is_nothrow_constructible_v<std::string_view, const From &>)
      : Text(std::string_view(text), 0) {}

  /// NULL where the argument was.
  const char *data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }

  /// Whether a NUL follows it, as in a C string.
  bool is_terminated() const noexcept { return is_terminated_; }

  /// The text, or ConfigurationError of the field for a NULL.
  std::string_view of(const char *field) const {
    if (data_ == nullptr) detail::raise(AGORA_ERROR_NULL_ARGUMENT, field, "is NULL");
    return std::string_view(data_, size_);
  }

 private:
  // The C ABI takes no NULL pointer, not even for an empty text.
  Text(std::string_view text, int) noexcept
      : data_(text.data() == nullptr ? "" : text.data()), size_(text.size()), is_terminated_(text.data() == nullptr) {}

  const char *data_;
  std::size_t size_;
  bool is_terminated_;
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

inline agora_value value(const Text &text) { return {AGORA_VALUE_TEXT, text.size(), text.data()}; }
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

/// A text for a C string parameter: NUL-terminated, no NUL inside. What has to be copied for it is wiped in the end, since
/// it may be a certificate. Of a NULL it is one, which the C ABI refuses by the name of its parameter.
class CString {
 public:
  CString(const char *field, const Text &text) : text_(text.data()), size_(text.size()) {
    if (text_ == nullptr) return;
    if (std::memchr(text_, '\0', size_) != nullptr) raise(AGORA_ERROR_NUL_IN_TEXT, field, "holds a NUL byte");
    if (text.is_terminated()) return;
    copy_ = std::make_unique<char[]>(size_ + 1);
    std::memcpy(copy_.get(), text_, size_);
    text_ = copy_.get();
  }
  CString(const CString &) = delete;
  CString &operator=(const CString &) = delete;
  ~CString() {
    if (copy_) wipe(copy_.get(), size_);
  }

  /// For as long as the text lives: to the end of the call that it is made in.
  operator const char *() const noexcept { return text_; }

 private:
  const char *text_;
  std::size_t size_;
  std::unique_ptr<char[]> copy_;
};

/// Calls a function of the C ABI, and throws why it refuses; where it has no agora_refusal, what its status says.
template <class Function, class... Arguments>
void call(Function function, const Arguments &...arguments) {
  if constexpr (std::is_invocable_v<Function, const Arguments &..., agora_refusal *>) {
    agora_refusal refusal;
    if (function(arguments..., &refusal) != AGORA_OK) raise(refusal);
  } else {
    check(function(arguments...));
  }
}

/// Calls such a function that gives out a value.
template <class Value, class Function, class... Arguments>
Value read(Function function, const Arguments &...arguments) {
  Value value{};
  call(function, arguments..., &value);
  return value;
}

/// A handle in a class of this header, and how that calls the functions of the handle.
template <class Self, class T, void (*Release)(T *)>
class Owner {
 protected:
  explicit Owner(T *handle) noexcept : handle_(handle) {}

  const T *handle() const noexcept { return handle_.get(); }
  T *mutable_handle() noexcept { return handle_.get(); }

  template <class Function, class... Arguments>
  Self &set(Function function, const Arguments &...arguments) {
    call(function, mutable_handle(), arguments...);
    return *static_cast<Self *>(this);
  }

  template <class Value, class Function, class... Arguments>
  Value get(Function function, const Arguments &...arguments) const {
    return read<Value>(function, handle(), arguments...);
  }

  template <class Byte, class Function, class... Arguments>
  std::string get_bytes(Function function, const Arguments &...arguments) const {
    const Byte *data = nullptr;
    std::size_t size = 0;
    call(function, handle(), arguments..., &data, &size);
    return std::string(reinterpret_cast<const char *>(data), size);
  }

 private:
  Handle<T, Release> handle_;
};

/// The same of a handle that can be copied: a value, whose copies go their own ways.
template <class Self, class T, void (*Release)(T *), agora_status (*Copy)(const T *, T **)>
class Value : public Owner<Self, T, Release> {
  using Base = Owner<Self, T, Release>;

 public:
  Value(const Value &other) : Base(read<T *>(Copy, other.handle())) {}
  Value(Value &&) noexcept = default;
  Value &operator=(const Value &other) { return *this = Value(other); }
  Value &operator=(Value &&) noexcept = default;
  ~Value() = default;

 protected:
  using Base::Base;
};

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
