// A text where a channel belongs: "" and "*" would let into every channel.
// expect: agora::Channel
#include <agora_token.hpp>

agora::Grant grant(const std::string &channel_name, const agora::User &user) {
#ifdef MUST_NOT_COMPILE
  return agora::Grant::rtc(channel_name, user, agora::Role::publisher);
#else
  return agora::Grant::rtc(agora::Channel::named(channel_name), user, agora::Role::publisher);
#endif
}
