// The C++ peer: the steps of the formats over OpenSSL and zlib, as a server would write them with those two. Its zlib
// state is made anew for every token, as Agora's headers do, or kept and reset. Salts come from a cheap generator.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>

#include "racer.hpp"

using namespace racer;

namespace {

constexpr std::size_t kSignatureSize = 32;

std::uint32_t salt() {
  static std::mt19937 generator(1);
  return generator();
}

void require(bool holds) {
  if (!holds) throw std::runtime_error("no such token");
}

std::string hmac(const void *key, std::size_t key_size, const std::string &message) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  require(HMAC(EVP_sha256(), key, static_cast<int>(key_size), reinterpret_cast<const unsigned char *>(message.data()),
               message.size(), digest, &size));
  return std::string(reinterpret_cast<char *>(digest), size);
}

template <typename Number>
void put(std::string &out, Number number) {
  for (std::size_t byte = 0; byte < sizeof number; ++byte) out += static_cast<char>(number >> (8 * byte));
}

void put(std::string &out, const std::string &text) {
  put(out, static_cast<std::uint16_t>(text.size()));
  out += text;
}

std::string base64(const std::string &bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char *>(&text[0]),
                                   reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string from_base64(const char *text, std::size_t size) {
  std::string bytes(size / 4 * 3, '\0');
  const int decoded = EVP_DecodeBlock(reinterpret_cast<unsigned char *>(&bytes[0]),
                                      reinterpret_cast<const unsigned char *>(text), static_cast<int>(size));
  require(decoded >= 0);
  std::size_t padding = 0;
  while (padding < 2 && padding < size && text[size - 1 - padding] == '=') ++padding;
  bytes.resize(static_cast<std::size_t>(decoded) - padding);
  return bytes;
}

class Deflate {
 public:
  Deflate() { require(deflateInit(&stream_, Z_DEFAULT_COMPRESSION) == Z_OK); }
  ~Deflate() { deflateEnd(&stream_); }
  Deflate(const Deflate &) = delete;

  std::string operator()(const std::string &payload) {
    deflateReset(&stream_);
    std::string out(deflateBound(&stream_, payload.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(payload.data()));
    stream_.avail_in = static_cast<uInt>(payload.size());
    stream_.next_out = reinterpret_cast<Bytef *>(&out[0]);
    stream_.avail_out = static_cast<uInt>(out.size());
    require(deflate(&stream_, Z_FINISH) == Z_STREAM_END);
    out.resize(stream_.total_out);
    return out;
  }

 private:
  z_stream stream_{};
};

class Inflate {
 public:
  Inflate() { require(inflateInit(&stream_) == Z_OK); }
  ~Inflate() { inflateEnd(&stream_); }
  Inflate(const Inflate &) = delete;

  std::string operator()(const std::string &compressed) {
    inflateReset(&stream_);
    std::string out(1024, '\0');
    stream_.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(compressed.data()));
    stream_.avail_in = static_cast<uInt>(compressed.size());
    stream_.next_out = reinterpret_cast<Bytef *>(&out[0]);
    stream_.avail_out = static_cast<uInt>(out.size());
    require(inflate(&stream_, Z_FINISH) == Z_STREAM_END);
    out.resize(stream_.total_out);
    return out;
  }

 private:
  z_stream stream_{};
};

std::string sign_007(std::uint32_t issue_ts, std::uint32_t salt, const std::string &signing_info) {
  std::string key;
  put(key, issue_ts);
  const std::string first = hmac(key.data(), key.size(), kAppCertificate);
  key.clear();
  put(key, salt);
  const std::string second = hmac(key.data(), key.size(), first);
  return hmac(second.data(), second.size(), signing_info);
}

template <typename Compress>
std::string mint_007(const Input &input, Compress &&compress) {
  const auto issue_ts = static_cast<std::uint32_t>(std::time(nullptr));
  const std::uint32_t number = salt();
  std::string info;
  put(info, kAppId);
  put(info, issue_ts);
  put(info, kLifetime);
  put(info, number);
  put(info, std::uint16_t{1});  // services
  put(info, std::uint16_t{1});  // RTC
  put(info, std::uint16_t{4});
  for (std::uint16_t privilege = 1; privilege <= 4; ++privilege) {
    put(info, privilege);
    put(info, kLifetime);
  }
  put(info, input.channel_name);
  put(info, std::to_string(input.uid));
  std::string payload;
  put(payload, sign_007(issue_ts, number, info));
  payload += info;
  return "007" + base64(compress(payload));
}

std::string mint_006(const Input &input) {
  const auto now = static_cast<std::uint32_t>(std::time(nullptr));
  const std::string user = std::to_string(input.uid);
  std::string message;
  put(message, salt());
  put(message, now + 24 * 3600);
  put(message, std::uint16_t{4});
  for (std::uint16_t privilege = 1; privilege <= 4; ++privilege) {
    put(message, privilege);
    put(message, now + kLifetime);
  }
  std::string content;
  put(content, hmac(kAppCertificate.data(), kAppCertificate.size(), kAppId + input.channel_name + user + message));
  const auto checksum = [](const std::string &text) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef *>(text.data()), static_cast<uInt>(text.size())));
  };
  put(content, checksum(input.channel_name));
  put(content, checksum(user));
  put(content, message);
  return "006" + kAppId + base64(content);
}

class Reader {
 public:
  Reader(const std::string &content, std::size_t at) : content_(content), at_(at) {}

  template <typename Number>
  Number number() {
    require(content_.size() - at_ >= sizeof(Number));
    Number value = 0;
    for (std::size_t byte = 0; byte < sizeof value; ++byte) {
      value = static_cast<Number>(value | static_cast<Number>(static_cast<unsigned char>(content_[at_++])) << (8 * byte));
    }
    return value;
  }

  std::string text() {
    const auto size = number<std::uint16_t>();
    require(content_.size() - at_ >= size);
    at_ += size;
    return content_.substr(at_ - size, size);
  }

  std::size_t at() const { return at_; }

 private:
  const std::string &content_;
  std::size_t at_;
};

struct Rtc {
  std::map<std::uint16_t, std::uint32_t> privileges;
  std::string channel_name, account;
};

template <typename Expand>
std::size_t verify_007(const std::string &token, Expand &&expand) {
  require(token.compare(0, 3, "007") == 0);
  const std::string payload = expand(from_base64(token.data() + 3, token.size() - 3));
  Reader reader(payload, 0);
  const std::string signature = reader.text();
  const std::size_t signed_from = reader.at();
  const std::string app_id = reader.text();
  const auto issue_ts = reader.number<std::uint32_t>();
  const auto expire = reader.number<std::uint32_t>();
  const auto number = reader.number<std::uint32_t>();
  std::multimap<std::uint16_t, Rtc> services;
  for (auto left = reader.number<std::uint16_t>(); left > 0; --left) {
    const auto type = reader.number<std::uint16_t>();
    require(type == 1);
    Rtc rtc;
    for (auto privileges = reader.number<std::uint16_t>(); privileges > 0; --privileges) {
      const auto privilege = reader.number<std::uint16_t>();
      rtc.privileges[privilege] = reader.number<std::uint32_t>();
    }
    rtc.channel_name = reader.text();
    rtc.account = reader.text();
    services.emplace(type, std::move(rtc));
  }
  const std::string expected = sign_007(issue_ts, number, payload.substr(signed_from));
  require(signature.size() == kSignatureSize &&
          CRYPTO_memcmp(signature.data(), expected.data(), kSignatureSize) == 0);
  return services.size() + expire;
}

std::string deflate_anew(const std::string &payload) { return Deflate()(payload); }
std::string inflate_anew(const std::string &compressed) { return Inflate()(compressed); }

}  // namespace

int main() {
  Deflate deflate;
  Inflate inflate;
  return run(
      {{"mint-007-anew", [](const Input &input, const std::string &) { return mint_007(input, deflate_anew).size(); }},
       {"mint-007-kept", [&](const Input &input, const std::string &) { return mint_007(input, deflate).size(); }},
       {"mint-006", [](const Input &input, const std::string &) { return mint_006(input).size(); }},
       {"verify-007-anew",
        [](const Input &, const std::string &token) { return verify_007(token, inflate_anew); }},
       {"verify-007-kept", [&](const Input &, const std::string &token) { return verify_007(token, inflate); }}},
      [&](const Input &input) { return mint_007(input, deflate); });
}
