// What a piece of code prints, to standard output and standard error, whatever way it prints.
#ifndef AGORA_TOKEN_TESTS_QUIET_HPP
#define AGORA_TOKEN_TESTS_QUIET_HPP

#include <cstdio>
#include <iostream>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace quiet {

template <class Code>
std::string printed(const Code &code) {
  std::FILE *file = std::tmpfile();
  if (file == nullptr) throw std::runtime_error("no temporary file");
  const auto flush = [] {
    std::cout.flush();
    std::fflush(nullptr);
  };
  flush();
  const int output = dup(STDOUT_FILENO);
  const int error = dup(STDERR_FILENO);
  dup2(fileno(file), STDOUT_FILENO);
  dup2(fileno(file), STDERR_FILENO);
  code();
  flush();
  dup2(output, STDOUT_FILENO);
  dup2(error, STDERR_FILENO);
  close(output);
  close(error);

  std::string text(static_cast<std::size_t>(std::ftell(file)), '\0');
  std::rewind(file);
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

}  // namespace quiet

#endif
