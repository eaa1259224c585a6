// agora_token/compat: what stays different from the official headers. Each case is a row of docs/migration.md.
#include <agora_token/compat/AccessToken.h>
#include <agora_token/compat/AccessToken2.h>
#include <agora_token/compat/RtcTokenBuilder2.h>

#include "check.hpp"
#include "samples.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace agora::tools;

namespace {

template <class T, class = void>
struct HasSigning : std::false_type {};
template <class T>
struct HasSigning<T, decltype(static_cast<void>(std::declval<T>().Signing()))> : std::true_type {};

std::string token_of_today() {
  return RtcTokenBuilder2::BuildTokenWithUid(APP_ID, APP_CERTIFICATE, "room", 42, UserRole::kRolePublisher, 3600u, 60u);
}

// What the official base64 reads over, or stops at.
std::vector<std::string> damaged(const std::string &token) {
  std::string url_safe = token;
  for (char &c : url_safe) c = c == '+' ? '-' : c == '/' ? '_' : c;
  // Behind the App ID, which a token of 006 has as it is.
  if (url_safe == token) url_safe[40] = '-';
  return {token + "\n", token.substr(0, 40) + " " + token.substr(40), token.substr(0, 40) + "\n" + token.substr(40),
          url_safe, token + "=trailing"};
}

}  // namespace

int main() {
  CASE("a token with a newline, a blank, the URL-safe alphabet or something behind it is not read") {
    AccessToken2 read;
    CHECK(read.FromString(token_of_today()));
    for (const std::string &text : damaged(token_of_today())) {
      CHECK(!read.FromString(text));
      CHECK(!read.parsed_ && read.services_.empty());
    }
    AccessToken old(APP_ID, APP_CERTIFICATE, "room", 42);
    const std::string text = old.Build();
    CHECK(AccessToken().FromString(text));
    for (const std::string &each : damaged(text)) CHECK(!AccessToken().FromString(each));
  };

  CASE("a privilege that stands twice makes a token that is not read") {
    AccessToken2 token(APP_ID, APP_CERTIFICATE, 1700000000, 3600);
    token.AddService(std::make_unique<ServiceFpa>());
    class Twice : public Service {
     public:
      Twice() : Service(ServiceFpa::kServiceType) {}
      std::string PackService() override {
        Packer packer;
        packer << uint16_t{4} << uint16_t{2} << uint16_t{1} << uint32_t{60} << uint16_t{1} << uint32_t{0};
        return packer.body();
      }
      void UnpackService(Unpacker *) override {}
      std::unique_ptr<Service> Clone() const override { return std::make_unique<Twice>(); }
    };
    token.AddService(std::make_unique<Twice>());
    const std::string text = token.Build();
    CHECK(!text.empty());
    CHECK(!AccessToken2().FromString(text));
  };

  CASE("a text of more than 65535 bytes gives an empty token instead of a broken one") {
    AccessToken2 token(APP_ID, APP_CERTIFICATE, 1700000000, 3600);
    token.AddService(std::make_unique<ServiceRtc>(std::string(65536, 'a'), "me"));
    CHECK(token.Build().empty());
    CHECK(AccessToken(APP_ID, APP_CERTIFICATE, "room", std::string(65536, 'a')).Build().empty());
  };

  CASE("Signing, which gives a key out, is not there") {
    CHECK(!HasSigning<AccessToken2>::value);
    CHECK(!AccessToken2(APP_ID, APP_CERTIFICATE).SigningInfo().empty());
  };

  CASE("services 9 and 10 are known, where the official headers stop") {
    CHECK(kServiceCreator.count(ServiceConvoAI::kServiceType) == 1 &&
          kServiceCreator.count(ServiceStt::kServiceType) == 1);
  };

  CASE("UserRole has the values of both official ones") {
    CHECK(static_cast<int>(Role_Attendee) == 0 && static_cast<int>(Role_Admin) == 101);
    CHECK(Role_Publisher == UserRole::kRolePublisher && Role_Subscriber == UserRole::kRoleSubscriber);
  };

  return check::report();
}
