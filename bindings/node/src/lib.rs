//! What crosses between JavaScript and the core, and nothing else. It is private to the npm package: `lib/` turns it
//! into an interface.
//!
//! Functions take numbers and strings, and give back a string: a token, or a JSON document. A refusal is given back
//! too, as an array of its code, its field and its reason, and thrown on the JavaScript side. Issuers and grants are
//! held by JavaScript as values that it cannot look into; the module itself keeps nothing, so any number of worker
//! threads may load it.

#![deny(unsafe_code)]

mod arguments;
mod builders;
mod constants;
mod doctor;
mod documents;
mod issuer;
mod node;
mod refusal;
mod tokens;
mod verdict;

use node::Function;

/// Everything the module exports.
static FUNCTIONS: &[Function] = &[
    Function::new(c"buildTokenWithUid", builders::build_token_with_uid),
    Function::new(c"buildTokenWithUserAccount", builders::build_token_with_user_account),
    Function::new(c"buildRtmToken", builders::build_rtm_token),
    Function::new(c"buildToken2WithUid", builders::build_token2_with_uid),
    Function::new(c"buildToken2WithUserAccount", builders::build_token2_with_user_account),
    Function::new(c"buildToken2WithUidAndPrivilege", builders::build_token2_with_uid_and_privilege),
    Function::new(c"buildToken2WithUserAccountAndPrivilege", builders::build_token2_with_user_account_and_privilege),
    Function::new(c"buildToken2WithRtm", builders::build_token2_with_rtm),
    Function::new(c"buildToken2WithRtm2", builders::build_token2_with_rtm2),
    Function::new(c"buildRtmToken2", builders::build_rtm_token2),
    Function::new(c"buildRtmToken2WithPermissions", builders::build_rtm_token2_with_permissions),
    Function::new(c"buildChatUserToken2", builders::build_chat_user_token2),
    Function::new(c"buildChatAppToken2", builders::build_chat_app_token2),
    Function::new(c"buildFpaToken2", builders::build_fpa_token2),
    Function::new(c"buildApaasRoomUserToken2", builders::build_apaas_room_user_token2),
    Function::new(c"buildApaasUserToken2", builders::build_apaas_user_token2),
    Function::new(c"buildApaasAppToken2", builders::build_apaas_app_token2),
    Function::new(c"buildConvoAiToken2", builders::build_convo_ai_token2),
    Function::new(c"buildSttToken2", builders::build_stt_token2),
    Function::new(c"checkCredentials", tokens::check_credentials),
    Function::new(c"drawStamp", tokens::draw_stamp),
    Function::new(c"buildAccessToken2", tokens::build_access_token2),
    Function::new(c"parseAccessToken2", tokens::parse_access_token2),
    Function::new(c"verifyAccessToken2", tokens::verify_access_token2),
    Function::new(c"buildAccessToken", tokens::build_access_token),
    Function::new(c"parseAccessToken", tokens::parse_access_token),
    Function::new(c"verifyAccessToken", tokens::verify_access_token),
    Function::new(c"inspect", verdict::inspect),
    Function::new(c"verify", verdict::verify),
    Function::new(c"newIssuer", issuer::new_issuer),
    Function::new(c"newGrant", issuer::new_grant),
    Function::new(c"issue", issuer::issue),
    Function::new(c"issueAll", issuer::issue_all),
    Function::new(c"diagnose", doctor::diagnose),
    Function::new(c"findingCodes", doctor::finding_codes),
    Function::new(c"errorCodes", constants::error_codes),
    Function::new(c"formatConstants", constants::format_constants),
    #[cfg(feature = "inject-panic")]
    Function::new(c"injectPanic", |_| panic!("injected")),
];
