//! The one-call builders of AccessToken (006). Times are absolute: Unix seconds or a datetime.

use agora_token::{Stamp, builder};
use pyo3::prelude::*;

use crate::arguments::{Arg, credentials, role as role_of, timestamp, uid as uid_of};
use crate::builders::{account_of, channel_name_of};
use crate::refusal::Outcome;

/// AccessToken (006) for voice and video in a channel. The token itself always ends a day from now.
#[pyclass(name = "RtcTokenBuilder", module = "agora_token.access_token_006", frozen)]
pub(crate) struct RtcTokenBuilder006;

#[pymethods]
impl RtcTokenBuilder006 {
    /// A token for a uid; 0 lets any user in.
    ///
    /// With a privilege_expired_ts of 0 the privileges last as long as the token.
    #[staticmethod]
    fn build_token_with_uid(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        uid: Arg<'_, '_>,
        role: Arg<'_, '_>,
        privilege_expired_ts: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token_with_uid(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            uid_of(uid)?,
            role_of(role, "role")?,
            timestamp(privilege_expired_ts, "privilege_expired_ts")?,
            Stamp::now()?,
        )?)
    }

    /// A token for a user account of 1 to 255 bytes.
    #[staticmethod]
    fn build_token_with_user_account(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        channel_name: Arg<'_, '_>,
        account: Arg<'_, '_>,
        role: Arg<'_, '_>,
        privilege_expired_ts: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_token_with_user_account(
            &credentials(app_id, app_certificate)?,
            channel_name_of(channel_name)?,
            account_of(account, "user_account")?,
            role_of(role, "role")?,
            timestamp(privilege_expired_ts, "privilege_expired_ts")?,
            Stamp::now()?,
        )?)
    }
}

/// AccessToken (006) for real-time messaging. The token itself always ends a day from now.
#[pyclass(name = "RtmTokenBuilder", module = "agora_token.access_token_006", frozen)]
pub(crate) struct RtmTokenBuilder006;

#[pymethods]
impl RtmTokenBuilder006 {
    /// A token to log in as this user. The role changes nothing, as in the official builders.
    #[staticmethod]
    fn build_token(
        app_id: Arg<'_, '_>,
        app_certificate: Arg<'_, '_>,
        user_account: Arg<'_, '_>,
        role: Arg<'_, '_>,
        privilege_expired_ts: Arg<'_, '_>,
    ) -> Outcome<String> {
        Ok(builder::build_rtm_token(
            &credentials(app_id, app_certificate)?,
            account_of(user_account, "user_account")?,
            role_of(role, "role")?,
            timestamp(privilege_expired_ts, "privilege_expired_ts")?,
            Stamp::now()?,
        )?)
    }
}
