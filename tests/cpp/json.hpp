// A reader for the JSON of tests/vectors: strings, whole numbers, true, false, null, arrays and objects. Anything else
// throws.
#ifndef AGORA_TOKEN_TESTS_JSON_HPP
#define AGORA_TOKEN_TESTS_JSON_HPP

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json>;

  static Json parse(std::string_view text) {
    Reader reader{text};
    Json value = reader.value();
    reader.blank();
    if (!reader.rest.empty()) throw std::runtime_error("text after the JSON document");
    return value;
  }

  static Json file(const std::string &path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + path + "; run from the top of the checkout");
    return parse(std::string(std::istreambuf_iterator<char>(stream), {}));
  }

  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool boolean() const { return std::get<bool>(value_); }
  std::int64_t number() const { return std::get<std::int64_t>(value_); }
  const std::string &string() const { return std::get<std::string>(value_); }
  const Array &array() const { return std::get<Array>(value_); }
  const Object &object() const { return std::get<Object>(value_); }

  bool has(const std::string &key) const { return object().count(key) > 0; }
  const Json &operator[](const std::string &key) const {
    const auto member = object().find(key);
    if (member == object().end()) throw std::runtime_error("no member " + key);
    return member->second;
  }

 private:
  struct Reader {
    std::string_view rest;

    void blank() {
      while (!rest.empty() && std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos)
        rest.remove_prefix(1);
    }

    char next() {
      if (rest.empty()) throw std::runtime_error("the JSON ends early");
      const char first = rest.front();
      rest.remove_prefix(1);
      return first;
    }

    bool take(std::string_view word) {
      blank();
      if (rest.substr(0, word.size()) != word) return false;
      rest.remove_prefix(word.size());
      return true;
    }

    void expect(std::string_view word) {
      if (!take(word))
        throw std::runtime_error("no " + std::string(word) + " before: " + std::string(rest.substr(0, 20)));
    }

    Json value() {
      Json json;
      if (take("{")) {
        json.value_ = object();
      } else if (take("[")) {
        json.value_ = array();
      } else if (take("\"")) {
        json.value_ = string();
      } else if (take("true")) {
        json.value_ = true;
      } else if (take("false")) {
        json.value_ = false;
      } else if (!take("null")) {
        json.value_ = number();
      }
      return json;
    }

    Object object() {
      Object members;
      if (take("}")) return members;
      do {
        expect("\"");
        std::string key = string();
        expect(":");
        if (!members.emplace(std::move(key), value()).second) throw std::runtime_error("a key stands twice");
      } while (take(","));
      expect("}");
      return members;
    }

    Array array() {
      Array items;
      if (take("]")) return items;
      do {
        items.push_back(value());
      } while (take(","));
      expect("]");
      return items;
    }

    std::int64_t number() {
      std::size_t size = 0;
      const std::int64_t number = std::stoll(std::string(rest.substr(0, 24)), &size);
      rest.remove_prefix(size);
      if (!rest.empty() && std::string_view(".eE").find(rest.front()) != std::string_view::npos) {
        throw std::runtime_error("no whole number");
      }
      return number;
    }

    std::string string() {
      std::string text;
      for (char byte = next(); byte != '"'; byte = next()) {
        if (byte == '\\') {
          escape(text);
        } else {
          text += byte;
        }
      }
      return text;
    }

    void escape(std::string &text) {
      const char kind = next();
      const std::size_t simple = std::string_view("\"\\/bfnrt").find(kind);
      if (simple != std::string_view::npos) {
        text += "\"\\/\b\f\n\r\t"[simple];
      } else if (kind == 'u') {
        std::uint32_t point = unit();
        if (point >= 0xd800 && point < 0xdc00) {
          expect("\\u");
          point = 0x10000 + ((point - 0xd800) << 10) + (unit() - 0xdc00);
        }
        utf8(point, text);
      } else {
        throw std::runtime_error("an unknown escape");
      }
    }

    std::uint32_t unit() {
      std::string digits;
      for (int digit = 0; digit < 4; ++digit) digits += next();
      return static_cast<std::uint32_t>(std::stoul(digits, nullptr, 16));
    }

    static void utf8(std::uint32_t point, std::string &text) {
      const auto append = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
      if (point < 0x80) {
        append(point);
      } else if (point < 0x800) {
        append(0xc0 | point >> 6);
        append(0x80 | (point & 0x3f));
      } else if (point < 0x10000) {
        append(0xe0 | point >> 12);
        append(0x80 | (point >> 6 & 0x3f));
        append(0x80 | (point & 0x3f));
      } else {
        append(0xf0 | point >> 18);
        append(0x80 | (point >> 12 & 0x3f));
        append(0x80 | (point >> 6 & 0x3f));
        append(0x80 | (point & 0x3f));
      }
    }
  };

  std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

#endif
