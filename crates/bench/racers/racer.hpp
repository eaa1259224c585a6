// What the C++ racers share: the inputs, by the rule of crates/bench/src/inputs.rs, and the line protocol.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace racer {

// The public sample credentials of the official test suites.
inline const std::string kAppId = "970CA35de60c44645bbae8a215061b33";
inline const std::string kAppCertificate = "5CFd2fd1755d40ecb72977518be15d3b";
inline constexpr std::uint32_t kLifetime = 3600;

struct Input {
  std::string channel_name;
  std::uint32_t uid;
};

inline std::vector<Input> inputs() {
  std::uint32_t state = 1;
  const auto next = [&] { return state = state * 1664525u + 1013904223u; };
  std::vector<Input> all;
  for (int i = 0; i < 1021; ++i) {
    std::string name;
    for (int part = 0; part < 4; ++part) {
      char digits[9];
      std::snprintf(digits, sizeof digits, "%08x", next());
      name += digits;
    }
    all.push_back({name, next() % 3294967296u + 1000000000u});
  }
  return all;
}

// Does a task once, with one input and one ready token; gives something that depends on all it did.
using Task = std::function<std::size_t(const Input &, const std::string &token)>;

// Reads "TASK COUNT", does the task so often, prints the nanoseconds it took.
inline int run(const std::map<std::string, Task> &tasks, const std::function<std::string(const Input &)> &mint) {
  const auto all = inputs();
  std::vector<std::string> tokens;
  for (const auto &input : all) tokens.push_back(mint(input));
  for (const auto &task : tasks) std::cout << task.first << ' ';
  std::cout << std::endl;
  std::string name;
  std::size_t count = 0, at = 0;
  volatile std::size_t sum = 0;
  while (std::cin >> name >> count) {
    const Task &task = tasks.at(name);
    const auto start = std::chrono::steady_clock::now();
    for (; count > 0; --count) {
      sum = sum + task(all[at], tokens[at]);
      at = at + 1 == all.size() ? 0 : at + 1;
    }
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - start;
    std::cout << took.count() << std::endl;
  }
  return 0;
}

}  // namespace racer
