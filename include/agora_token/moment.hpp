/// \file moment.hpp
/// Moments in time, and where tests have theirs and their salts from.
#ifndef AGORA_TOKEN_MOMENT_HPP
#define AGORA_TOKEN_MOMENT_HPP

#include "call.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

namespace agora {

/// A moment of the system clock in whole seconds; time_since_epoch().count() is Unix seconds. It is what C++20 calls
/// std::chrono::sys_seconds, and converts to std::chrono::system_clock::time_point.
using UnixTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds>;

/// A moment as an argument: a time point of std::chrono::system_clock, or Unix seconds as an integer. What looks like
/// milliseconds, and what is before 1970, is refused where it is used.
class Moment {
 public:
  template <class Duration>
  Moment(std::chrono::time_point<std::chrono::system_clock, Duration> time) noexcept
      : seconds_(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()) {}

  template <class Number, std::enable_if_t<std::is_constructible_v<Integer, Number>, int> = 0>
  Moment(Number unix_seconds) noexcept : seconds_(unix_seconds) {}

  /// Unix seconds as Number, or ConfigurationError of the field.
  template <class Number>
  Number as(const char *field) const {
    return seconds_.as<Number>(AGORA_ERROR_INVALID_TIMESTAMP, field);
  }

 private:
  Integer seconds_;
};

namespace detail {

/// What is asked for a Moment, or for a salt, each time: a function, or a value that stays.
template <class Given>
using Source = std::function<Given()>;

template <class Given, class From>
Source<Given> source(From from) {
  if constexpr (std::is_invocable_v<From &>) {
    return [from = std::move(from)]() mutable { return Given(from()); };
  } else {
    return [given = Given(from)] { return given; };
  }
}

inline UnixTime unix_time(std::uint64_t unix_seconds) {
  return UnixTime(std::chrono::seconds(static_cast<std::chrono::seconds::rep>(unix_seconds)));
}

}  // namespace detail
}  // namespace agora

#endif
