// agora_token/compat: services of a program's own, built and read as with the official headers.
#include <agora_token/compat/AccessToken.h>
#include <agora_token/compat/AccessToken2.h>

#include "check.hpp"
#include "samples.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

using namespace agora::tools;

namespace {

// A service with every kind of field.
class Whiteboard : public Service {
 public:
  explicit Whiteboard(uint16_t type = 300) : Service(type) {}
  static Service *New() { return new Whiteboard(); }

  std::string PackService() override {
    Packer packer;
    packer << static_cast<const Service *>(this) << room_ << seats_ << limit_ << rights_;
    return packer.body();
  }
  void UnpackService(Unpacker *unpacker) override {
    *unpacker >> static_cast<Service *>(this) >> room_ >> seats_ >> limit_ >> rights_;
  }
  std::unique_ptr<Service> Clone() const override { return std::unique_ptr<Service>(new Whiteboard(*this)); }

  std::string room_;
  std::vector<uint32_t> seats_;
  int16_t limit_ = -1;
  std::map<uint16_t, std::string> rights_;
};

std::unique_ptr<Whiteboard> whiteboard(uint16_t type = 300) {
  auto service = std::make_unique<Whiteboard>(type);
  service->AddPrivilege(1, 600);
  service->AddPrivilege(2, 0);
  service->room_ = std::string("b\0ard", 5);
  service->seats_ = {1, 0xffffffffU};
  service->limit_ = -2;
  service->rights_ = {{7, "draw"}};
  return service;
}

AccessToken2 with_rtc(std::unique_ptr<Service> own) {
  AccessToken2 token(APP_ID, APP_CERTIFICATE, 1700000000, 3600);
  token.AddService(std::move(own));
  token.AddService(std::make_unique<ServiceRtc>("room", "42"));
  token.services_.find(ServiceRtc::kServiceType)->second->AddPrivilege(ServiceRtc::kPrivilegeJoinChannel, 600);
  return token;
}

void unknown_ones() {
  CASE("a service that is not registered is signed, and ends the reading") {
    AccessToken2 token = with_rtc(whiteboard());
    AccessToken2 read;
    CHECK(read.FromString(token.Build()));
    CHECK(read.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess);
    CHECK(read.services_.size() == 1 && read.services_.count(ServiceRtc::kServiceType) == 1);
    CHECK(token.GenerateSignature(APP_CERTIFICATE) == read.signature_);
    CHECK(read.raw_token_buffer_ == Pack(read.signature_) + token.SigningInfo());

    AccessToken2 first = with_rtc(whiteboard(0));
    CHECK(read.FromString(first.Build()));
    CHECK(read.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess && read.services_.empty());
  };
}

void registered_ones() {
  CASE("a service that is registered is read, and so are those behind it") {
    kServiceCreator[300] = Whiteboard::New;
    kServiceCreator[0] = [] { return static_cast<Service *>(new Whiteboard(0)); };
    for (const uint16_t type : {uint16_t{300}, uint16_t{0}}) {
      AccessToken2 token = with_rtc(whiteboard(type));
      AccessToken2 read;
      CHECK(read.FromString(token.Build()));
      CHECK(read.VerifySignature(APP_CERTIFICATE) == kTokenVerifySuccess);
      CHECK(read.services_.size() == 2 && read.PackServices() == token.PackServices());
      const auto *own = dynamic_cast<const Whiteboard *>(read.services_.find(type)->second.get());
      const auto wanted = whiteboard(type);
      CHECK(own != nullptr && own->room_ == wanted->room_ && own->seats_ == wanted->seats_);
      CHECK(own != nullptr && own->limit_ == -2 && own->rights_ == wanted->rights_);
      CHECK(own != nullptr && own->privileges_ == wanted->privileges_);
    }
    kServiceCreator.erase(300);
    kServiceCreator.erase(0);
  };
}

// It does not begin with the number that it says it has, or with nothing at all.
class Liar : public Whiteboard {
 public:
  explicit Liar(std::string packed) : packed_(std::move(packed)) {}
  std::string PackService() override { return packed_; }

 private:
  std::string packed_;
};

void broken_ones() {
  CASE("a service that packs itself wrong makes no token") {
    for (const std::string &packed : {std::string(), std::string(1, '\x2c'), Pack(uint16_t{1})}) {
      CHECK(with_rtc(std::make_unique<Liar>(packed)).Build().empty());
    }
    auto long_one = whiteboard();
    long_one->room_ = std::string(65536, 'a');
    CHECK(with_rtc(std::move(long_one)).Build().empty());
  };

  CASE("a service that wants more than there is makes the reading fail") {
    kServiceCreator[300] = Whiteboard::New;
    AccessToken2 token = with_rtc(std::make_unique<Liar>(Pack(uint16_t{300}) + Pack(uint16_t{0})));
    AccessToken2 read;
    CHECK(!read.FromString(token.Build()));
    CHECK(!read.parsed_ && read.services_.empty() && read.raw_token_buffer_.empty());
    CHECK(read.VerifySignature(APP_CERTIFICATE) == kTokenInvalid);
    kServiceCreator.erase(300);
  };
}

// Whether it throws what a packer throws.
template <class Statement>
bool overflows(const Statement &statement) {
  try {
    statement();
  } catch (const std::overflow_error &) {
    return true;
  }
  return false;
}

template <class T>
bool survives(const T &value) {
  T read{};
  Unpack(Pack(value), read);
  return read == value;
}

void packers() {
  CASE("numbers, texts and containers are laid out as officially") {
    CHECK(Pack(uint16_t{0x0102}) == "\x02\x01");
    CHECK(Pack(uint32_t{0x01020304}) == "\x04\x03\x02\x01");
    CHECK(Pack(int16_t{-2}) == "\xfe\xff" && Pack(uint8_t{7}) == "\x07");
    CHECK(Pack(std::string("ab")) == std::string("\x02\0ab", 4));
    CHECK(Pack(std::map<uint16_t, uint32_t>{{1, 2}}) == std::string("\1\0\1\0\2\0\0\0", 8));
    CHECK(Pack(std::vector<std::string>{"a", ""}) == std::string("\2\0\1\0a\0\0", 7));
    CHECK(survives(uint64_t{0x0102030405060708}) && survives(int64_t{-3}) && survives(int32_t{-70000}));
    CHECK(survives(int8_t{-1}) && survives(uint8_t{255}) && survives(std::set<uint16_t>{1, 2}));
    CHECK(survives(std::unordered_map<uint16_t, std::string>{{1, "a"}, {2, ""}}));
    CHECK(survives(std::vector<std::pair<uint16_t, std::vector<uint8_t>>>{{1, {2, 3}}}));
  };

  CASE("what is too long or ends too early throws") {
    CHECK(overflows([&] { static_cast<void>(Pack(std::string(65536, 'a'))); }));
    CHECK(overflows([&] { static_cast<void>(Pack(std::vector<uint8_t>(65536))); }));
    const std::string packed = Pack(std::string("abc"));
    for (std::size_t size = 0; size < packed.size(); ++size) {
      CHECK(overflows([&] { static_cast<void>(Unpacker(packed.data(), size).pop_string()); }));
    }
    std::string kept = packed;
    Unpacker copied(kept.data(), kept.size(), true);
    kept.assign(kept.size(), '\0');
    CHECK(copied.pop_string() == "abc" && copied.pop_raw_string_to_end().empty());
  };

  CASE("the parts of an AccessToken (006) are read and written") {
    AccessToken token(APP_ID, APP_CERTIFICATE, "room", 42);
    token.AddPrivilege(AccessToken::kJoinChannel, 1700000000);
    CHECK(!token.Build().empty());
    AccessToken::PrivilegeMessage message;
    Unpack(token.message_raw_content_, message);
    CHECK(message.salt == token.message_.salt && message.messages == token.message_.messages);
    CHECK(Pack(message) == token.message_raw_content_);
    AccessToken::PackContent content;
    content.signature = token.signature_;
    content.crcUid = token.crc_uid_;
    content.rawMessage = token.message_raw_content_;
    AccessToken::PackContent read;
    Unpack(Pack(content), read);
    CHECK(read.signature == token.signature_ && read.crcUid == token.crc_uid_ && read.crcChannelName == 0);
    CHECK(read.rawMessage == token.message_raw_content_);
  };
}

}  // namespace

int main() {
  unknown_ones();
  registered_ones();
  broken_ones();
  packers();
  return check::report();
}
