/// \file call.h
/// How the compat headers call the C ABI. Nothing here is part of the official names.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_CALL_H
#define AGORA_TOKEN_COMPAT_DETAIL_CALL_H

#include "../../../agora_token.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>

namespace agora {
namespace tools {
namespace detail {

template <class T, void (*Release)(T *)>
struct Deleter {
  void operator()(T *owned) const noexcept { Release(owned); }
};

template <class T, void (*Release)(T *)>
using Handle = std::unique_ptr<T, Deleter<T, Release>>;

using NewToken = Handle<agora_access_token, agora_access_token_free>;
using NewToken2 = Handle<agora_access_token2, agora_access_token2_free>;
using ReadToken = Handle<agora_unverified_token, agora_unverified_token_free>;
using ReadToken2 = Handle<agora_unverified_token2, agora_unverified_token2_free>;
using NewPermissions = Handle<agora_rtm2_permissions, agora_rtm2_permissions_free>;

/// For a C string parameter. A text with a NUL inside becomes NULL, which every call refuses: it must not be cut short.
inline const char *Text(const std::string &text) {
  return text.find('\0') == std::string::npos ? text.c_str() : nullptr;
}

/// Owns a text given out; "" for NULL.
inline std::string Take(char *text) {
  const Handle<char, agora_string_free> owner(text);
  return owner ? std::string(owner.get()) : std::string();
}

/// Bytes that a token read from text lends out.
inline std::string Copy(const char *data, std::size_t size) { return std::string(data, size); }
inline std::string Copy(const std::uint8_t *data, std::size_t size) {
  return std::string(reinterpret_cast<const char *>(data), size);
}

/// uid 0 is any user, which the wire writes as an empty text.
inline std::string Account(std::uint32_t uid) { return uid == 0 ? std::string() : std::to_string(uid); }

/// The values of agora_build.
inline agora_value Value(const std::string &text) { return {AGORA_VALUE_TEXT, text.size(), text.data()}; }
inline agora_value Value(std::uint32_t number) { return {AGORA_VALUE_UINT64, number, nullptr}; }
inline agora_value Value(std::int16_t number) {
  return {AGORA_VALUE_INT64, static_cast<std::uint64_t>(std::int64_t{number}), nullptr};
}
inline agora_value Value(const agora_rtm2_permissions *permissions) {
  return {AGORA_VALUE_PERMISSIONS, 0, permissions};
}

/// The token of an official builder; "" on failure.
inline std::string Build(std::uint32_t builder, std::initializer_list<agora_value> values) {
  const agora_call call = {builder, AGORA_CALL_OFFICIAL, 0, 0};
  char *token = nullptr;
  agora_build(&call, values.begin(), values.size(), &token, nullptr);
  return Take(token);
}

/// App ID and certificate of the right form, for a handle that is asked for a time and a salt only.
constexpr const char *kPlaceholder = "00000000000000000000000000000000";

}  // namespace detail
}  // namespace tools
}  // namespace agora

#endif
