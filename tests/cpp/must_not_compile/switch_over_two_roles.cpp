// A switch over the two roles of the official AccessToken2 headers, with warnings as errors: there are four here.
// expect: Role_Attendee
#include <agora_token/compat/RtcTokenBuilder2.h>

bool publishes(agora::tools::UserRole role) {
  switch (role) {
    case agora::tools::UserRole::kRolePublisher:
      return true;
    case agora::tools::UserRole::kRoleSubscriber:
      return false;
#ifndef MUST_NOT_COMPILE
    default:
      return false;
#endif
  }
  return false;
}
