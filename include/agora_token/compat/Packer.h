/// \file Packer.h
/// How the official code lays out numbers, texts and containers, for services of a program's own.
///
/// Differs from the official one in two ways: a text or container of more than 65535 entries throws instead of being
/// cut, and what is packed or read may be of any size. Both classes throw std::overflow_error.
#ifndef AGORA_TOKEN_COMPAT_PACKER_H
#define AGORA_TOKEN_COMPAT_PACKER_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace agora {
namespace tools {

namespace detail {

/// The type that a number is packed as: unsigned, of its own size. None for bool, which has no size of its own.
template <class T>
using Packed = typename std::enable_if<std::is_integral<T>::value && !std::is_same<T, bool>::value,
                                       std::make_unsigned<T>>::type::type;

}  // namespace detail

/// Writes values one after the other: numbers little-endian in their own size, texts and containers after their length
/// in 16 bits.
class Packer {
 public:
  /// Everything so far, for a call of body(). Officially it also wrote a length in front.
  Packer &pack() { return *this; }

  /// What was packed.
  std::string body() const { return body_; }

  /// Forgets what was packed.
  void reset() { body_.clear(); }

  /// Packs one value.
  template <class T>
  void push(const T &value) {
    *this << value;
  }

  /// Packs bytes as they are.
  Packer &push(const void *data, std::size_t length) {
    if (length > 0) body_.append(static_cast<const char *>(data), length);
    return *this;
  }

  template <class T, class = detail::Packed<T>>
  Packer &operator<<(T value) {
    std::uint64_t rest = static_cast<detail::Packed<T>>(value);
    for (std::size_t byte = 0; byte < sizeof value; ++byte, rest >>= 8U) {
      body_.push_back(static_cast<char>(rest & 0xffU));
    }
    return *this;
  }

  Packer &operator<<(const std::string &text) {
    Count(text.size());
    body_ += text;
    return *this;
  }

  template <class K, class V>
  Packer &operator<<(const std::pair<K, V> &pair) {
    return *this << pair.first << pair.second;
  }

  template <class T>
  Packer &operator<<(const std::vector<T> &list) {
    return All(list);
  }

  template <class T>
  Packer &operator<<(const std::set<T> &set) {
    return All(set);
  }

  template <class K, class V>
  Packer &operator<<(const std::map<K, V> &map) {
    return All(map);
  }

  template <class K, class V>
  Packer &operator<<(const std::unordered_map<K, V> &map) {
    return All(map);
  }

 private:
  void Count(std::size_t count) {
    if (count > 0xffffU) throw std::overflow_error("more than 65535 entries or bytes");
    *this << static_cast<std::uint16_t>(count);
  }

  template <class T>
  Packer &All(const T &container) {
    Count(container.size());
    for (const auto &entry : container) *this << entry;
    return *this;
  }

  std::string body_;
};

/// Reads what a Packer wrote. What ends too early throws.
class Unpacker {
 public:
  /// Reads from memory that outlives it, or from a copy.
  Unpacker(const char *data, std::size_t length, bool copy = false)
      : copy_(copy ? std::string(data, length) : std::string()), data_(data), length_(length), is_copy_(copy) {}

  /// Begins anew.
  void reset() { position_ = 0; }

  std::uint64_t pop_uint64() { return Number<std::uint64_t>(); }
  std::uint32_t pop_uint32() { return Number<std::uint32_t>(); }
  std::uint16_t pop_uint16() { return Number<std::uint16_t>(); }
  std::uint8_t pop_uint8() { return Number<std::uint8_t>(); }
  std::string pop_string() { return Bytes(pop_uint16()); }
  std::string pop_raw_string_to_end() { return Bytes(length_ - position_); }

  const char *buffer() const { return is_copy_ ? copy_.data() : data_; }
  std::size_t length() const { return length_; }

  template <class T, class = detail::Packed<T>>
  Unpacker &operator>>(T &value) {
    value = static_cast<T>(Number<detail::Packed<T>>());
    return *this;
  }

  Unpacker &operator>>(std::string &text) {
    text = pop_string();
    return *this;
  }

  template <class T>
  Unpacker &operator>>(std::vector<T> &list) {
    return Each<T>([&list](T &entry) { list.push_back(std::move(entry)); });
  }

  template <class T>
  Unpacker &operator>>(std::set<T> &set) {
    return Each<T>([&set](T &entry) { set.insert(std::move(entry)); });
  }

  template <class K, class V>
  Unpacker &operator>>(std::map<K, V> &map) {
    return Each<std::pair<K, V>>([&map](std::pair<K, V> &entry) { map.insert(std::move(entry)); });
  }

  template <class K, class V>
  Unpacker &operator>>(std::unordered_map<K, V> &map) {
    return Each<std::pair<K, V>>([&map](std::pair<K, V> &entry) { map.insert(std::move(entry)); });
  }

  template <class K, class V>
  Unpacker &operator>>(std::pair<K, V> &pair) {
    return *this >> pair.first >> pair.second;
  }

 private:
  std::string Bytes(std::size_t count) {
    if (length_ - position_ < count) throw std::overflow_error("the content ends too early");
    std::string bytes(buffer() + position_, count);
    position_ += count;
    return bytes;
  }

  template <class T>
  T Number() {
    std::uint64_t number = 0;
    unsigned shift = 0;
    for (const char byte : Bytes(sizeof(T))) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
      shift += 8;
    }
    return static_cast<T>(number);
  }

  template <class T, class Keep>
  Unpacker &Each(Keep keep) {
    for (std::uint16_t left = pop_uint16(); left > 0; --left) {
      T entry{};
      *this >> entry;
      keep(entry);
    }
    return *this;
  }

  std::string copy_;
  const char *data_;
  std::size_t length_;
  bool is_copy_;
  std::size_t position_ = 0;
};

/// A value as a Packer writes it.
template <class T>
std::string Pack(const T &value) {
  Packer packer;
  packer << value;
  return packer.body();
}

/// Reads a value that stands at the beginning.
template <class T>
void Unpack(const std::string &data, T &value) {
  Unpacker unpacker(data.data(), data.size());
  unpacker >> value;
}

}  // namespace tools
}  // namespace agora

#endif
