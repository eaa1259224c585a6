/// \file user_role.h
/// The roles of users.
#ifndef AGORA_TOKEN_COMPAT_DETAIL_USER_ROLE_H
#define AGORA_TOKEN_COMPAT_DETAIL_USER_ROLE_H

namespace agora {
namespace tools {

/// The official headers define two different UserRole and so cannot meet in one program. This one takes the spelling of
/// either: Role_Publisher, UserRole::Role_Publisher and UserRole::kRolePublisher. Any int may be cast to it.
enum UserRole : int {
  Role_Attendee = 0,    ///< AccessToken: publishes. AccessToken2: joins only, as every number but 1 does.
  Role_Publisher = 1,   ///< joins and publishes
  Role_Subscriber = 2,  ///< joins
  Role_Admin = 101,     ///< AccessToken: publishes. AccessToken2: joins only.

  kRolePublisher = Role_Publisher,
  kRoleSubscriber = Role_Subscriber,
};

/// The role of RtmTokenBuilder has one value and no effect.
enum RtmUserRole {
  Rtm_User = 1,
};

}  // namespace tools
}  // namespace agora

#endif
