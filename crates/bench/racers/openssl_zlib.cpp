// The C++ peer: the steps of the formats over OpenSSL and zlib, step for step as Agora's own C++ headers take them:
// checks of the IDs, a buffer of a kilobyte for each thing packed, string streams for what 006 joins, ordered maps for
// privileges, base64 by hand. Its zlib state is made anew for every token, as they do, or kept and reset, as they do
// not. Salts come from a cheap generator, so that the random source is no part of the comparison.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

#include <cctype>
#include <cstring>
#include <ctime>
#include <map>
#include <memory>
#include <random>
#include <sstream>
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

bool is_hex32(const std::string &text) {
  if (text.size() != 32) return false;
  for (const char c : text) {
    if (!std::isxdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

std::string hmac(const std::string &key, const std::string &message) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
               reinterpret_cast<const unsigned char *>(message.data()), message.size(), digest, &size));
  return std::string(reinterpret_cast<char *>(digest), size);
}

using Privileges = std::map<std::uint16_t, std::uint32_t>;

class Packer {
 public:
  Packer() : buffer_(1024) {}

  Packer &operator<<(std::uint16_t number) { return raw(&number, sizeof number); }
  Packer &operator<<(std::uint32_t number) { return raw(&number, sizeof number); }
  Packer &operator<<(const std::string &text) {
    *this << static_cast<std::uint16_t>(text.size());
    return raw(text.data(), text.size());
  }
  Packer &operator<<(const Privileges &privileges) {
    *this << static_cast<std::uint16_t>(privileges.size());
    for (const auto &privilege : privileges) *this << privilege.first << privilege.second;
    return *this;
  }

  std::string packed() const { return std::string(buffer_.data(), size_); }

 private:
  Packer &raw(const void *data, std::size_t size) {
    require(buffer_.size() - size_ >= size);
    std::memcpy(buffer_.data() + size_, data, size);
    size_ += size;
    return *this;
  }

  std::vector<char> buffer_;
  std::size_t size_ = 0;
};

template <typename... Parts>
std::string pack(const Parts &...parts) {
  Packer packer;
  (void)(packer << ... << parts);
  return packer.packed();
}

template <typename... Parts>
std::string join(const Parts &...parts) {
  std::stringstream stream;
  (void)(stream << ... << parts);
  return stream.str();
}

const std::string kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(const std::string &bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6;) text += kAlphabet[bits >> (count -= 6) & 63];
  }
  if (count > 0) text += kAlphabet[bits << (6 - count) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string from_base64(const std::string &text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t digit = kAlphabet.find(c);
    require(digit != std::string::npos);
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8));
  }
  return bytes;
}

class Deflate {
 public:
  Deflate() { require(deflateInit(&stream_, Z_DEFAULT_COMPRESSION) == Z_OK); }
  ~Deflate() { deflateEnd(&stream_); }
  Deflate(const Deflate &) = delete;

  Deflate &reset() {
    require(deflateReset(&stream_) == Z_OK);
    return *this;
  }

  std::string operator()(const std::string &payload) {
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

  Inflate &reset() {
    require(inflateReset(&stream_) == Z_OK);
    return *this;
  }

  std::string operator()(const std::string &compressed) {
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
  return hmac(hmac(pack(salt), hmac(pack(issue_ts), kAppCertificate)), signing_info);
}

// As a token object holds them until it is built.
struct Rtc {
  std::uint16_t type = 1;
  Privileges privileges;
  std::string channel_name, account;
};

template <typename Compress>
std::string mint_007(const Input &input, Compress &&compress) {
  Rtc rtc;
  rtc.channel_name = input.channel_name;
  rtc.account = std::to_string(input.uid);
  for (std::uint16_t privilege = 1; privilege <= 4; ++privilege) rtc.privileges[privilege] = kLifetime;
  std::multimap<std::uint16_t, std::unique_ptr<Rtc>> services;
  services.emplace(rtc.type, std::make_unique<Rtc>(std::move(rtc)));

  require(is_hex32(kAppId) && is_hex32(kAppCertificate));
  const auto issue_ts = static_cast<std::uint32_t>(std::time(nullptr));
  const std::uint32_t number = salt();
  std::string info = pack(kAppId, issue_ts, kLifetime, number, static_cast<std::uint16_t>(services.size()));
  for (const auto &service : services) {
    const Rtc &each = *service.second;
    info += pack(each.type, each.privileges) + pack(each.channel_name, each.account);
  }
  const std::string signature = sign_007(issue_ts, number, info);
  return "007" + base64(compress(pack(signature) + info));
}

std::string mint_006(const Input &input) {
  const auto now = static_cast<std::uint32_t>(std::time(nullptr));
  const std::string user = join(input.uid);
  Privileges privileges;
  for (std::uint16_t privilege = 1; privilege <= 4; ++privilege) privileges[privilege] = now + kLifetime;

  require(is_hex32(kAppId) && is_hex32(kAppCertificate));
  const std::string message = pack(salt(), now + 24 * 3600, privileges);
  const std::string signature = hmac(kAppCertificate, join(kAppId, input.channel_name, user, message));
  const auto checksum = [](const std::string &text) {
    return static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef *>(text.data()), static_cast<uInt>(text.size())));
  };
  return join("006", kAppId, base64(pack(signature, checksum(input.channel_name), checksum(user), message)));
}

class Reader {
 public:
  Reader(const std::string &content, std::size_t at) : content_(content), at_(at) {}

  template <typename Number>
  Number number() {
    require(content_.size() - at_ >= sizeof(Number));
    Number value = 0;
    for (std::size_t byte = 0; byte < sizeof value; ++byte) {
      value =
          static_cast<Number>(value | static_cast<Number>(static_cast<unsigned char>(content_[at_++])) << (8 * byte));
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

template <typename Expand>
std::size_t verify_007(const std::string &token, Expand &&expand) {
  require(token.compare(0, 3, "007") == 0);
  const std::string payload = expand(from_base64(token.substr(3)));
  Reader reader(payload, 0);
  const std::string signature = reader.text();
  const std::size_t signed_from = reader.at();
  require(is_hex32(reader.text()));
  const auto issue_ts = reader.number<std::uint32_t>();
  const auto expire = reader.number<std::uint32_t>();
  const auto number = reader.number<std::uint32_t>();
  std::multimap<std::uint16_t, std::unique_ptr<Rtc>> services;
  for (auto left = reader.number<std::uint16_t>(); left > 0; --left) {
    const auto type = reader.number<std::uint16_t>();
    require(type == 1);
    auto rtc = std::make_unique<Rtc>();
    for (auto privileges = reader.number<std::uint16_t>(); privileges > 0; --privileges) {
      const auto privilege = reader.number<std::uint16_t>();
      rtc->privileges[privilege] = reader.number<std::uint32_t>();
    }
    rtc->channel_name = reader.text();
    rtc->account = reader.text();
    services.emplace(type, std::move(rtc));
  }
  const std::string expected = sign_007(issue_ts, number, payload.substr(signed_from));
  require(signature.size() == kSignatureSize && CRYPTO_memcmp(signature.data(), expected.data(), kSignatureSize) == 0);
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
       {"mint-007-kept",
        [&](const Input &input, const std::string &) { return mint_007(input, deflate.reset()).size(); }},
       {"mint-006", [](const Input &input, const std::string &) { return mint_006(input).size(); }},
       {"verify-007-anew", [](const Input &, const std::string &token) { return verify_007(token, inflate_anew); }},
       {"verify-007-kept",
        [&](const Input &, const std::string &token) { return verify_007(token, inflate.reset()); }}},
      [](const Input &input) { return mint_007(input, deflate_anew); });
}
