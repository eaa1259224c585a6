//! `mint`: which options make which builder's arguments.

pub(crate) mod args;
mod batch;
mod expires;
mod notes;

use std::process::ExitCode;

use agora_token::builder;
use agora_token::source::{Clock, SaltSource, SystemClock, SystemSalt};
use agora_token::{Credentials, Stamp, UnixTime, Unverified, refresh_after};

use self::args::{Mint, RoomUser, Rtc, RtcAndRtm, RtcRtm, Rtm, Service, User, Version};
use self::expires::optional;
use crate::failure::Failure;
use crate::numbers::{self, DAY, HOUR, as_the_token};
use crate::{output, permissions};

pub(crate) fn run(mint: &Mint) -> Result<ExitCode, Failure> {
    match (&mint.service, &mint.batch.batch) {
        (Some(service), None) => one(mint, service),
        (None, Some(input)) => batch::run(mint, input),
        (Some(_), Some(_)) => Err(Failure::usage(
            "--batch does not go with a service: column services, or --services, says what the tokens are good for",
        )),
        (None, None) => Err(Failure::usage("a service is expected, as in mint rtc, or --batch FILE")),
    }
}

fn one(mint: &Mint, service: &Service) -> Result<ExitCode, Failure> {
    let credentials = mint.credentials.for_signing()?;
    let minter = Minter { credentials, stamp: stamp(mint)? };
    let token = match mint.token_version {
        Version::AccessToken2 => minter.access_token2(service)?,
        Version::AccessToken => minter.access_token(service)?,
    };
    let decoded = Unverified::parse(&token)?;
    notes::print(service, &decoded);
    output::line(&if mint.json { document(&token, &decoded, minter.stamp) } else { token })?;
    Ok(ExitCode::SUCCESS)
}

/// A token is base64, which JSON takes as it is.
fn document(token: &str, decoded: &Unverified, stamp: Stamp) -> String {
    let expires_at = decoded.expires_at().as_secs();
    let refresh_after = refresh_after(UnixTime::from_secs(stamp.issue_ts.into()), first_end(decoded, stamp)).as_secs();
    format!(
        r#"{{"token":"{token}","expiresAt":{expires_at},"refreshAfter":{refresh_after},"decoded":{}}}"#,
        decoded.to_json()
    )
}

/// When the first thing ends that the token grants, which is after a day at the latest whatever it says.
fn first_end(decoded: &Unverified, stamp: Stamp) -> UnixTime {
    let issued = u64::from(stamp.issue_ts);
    let mut ends = vec![decoded.expires_at().as_secs(), issued + u64::from(DAY)];
    match decoded {
        Unverified::AccessToken(token) => {
            ends.extend(token.privileges().iter().map(|(_, end)| u64::from(end)).filter(|end| *end != 0));
        }
        Unverified::AccessToken2(token) => {
            let lifetimes = token.services().iter().flat_map(|service| service.privileges.iter());
            ends.extend(
                lifetimes.filter(|(_, lifetime)| *lifetime != 0).map(|(_, lifetime)| issued + u64::from(lifetime)),
            );
        }
        _ => {}
    }
    UnixTime::from_secs(ends.into_iter().min().unwrap_or(issued))
}

fn stamp(mint: &Mint) -> Result<Stamp, Failure> {
    let issue_ts = match &mint.issue_ts {
        Some(text) => numbers::timestamp(text, "issue_ts")?,
        None => SystemClock.now()?,
    };
    let salt = match &mint.salt {
        Some(text) => numbers::salt(text)?,
        None => SystemSalt.next_salt()?,
    };
    Ok(Stamp { issue_ts, salt })
}

struct Minter {
    credentials: Credentials,
    stamp: Stamp,
}

impl Minter {
    fn access_token2(&self, service: &Service) -> Result<String, Failure> {
        let (credentials, stamp) = (&self.credentials, self.stamp);
        let token = match service {
            Service::Rtc(rtc) => return self.rtc(rtc),
            Service::Rtm(rtm) => return self.rtm(rtm),
            Service::RtcRtm(both) => return self.rtc_rtm(both),
            Service::RtcRtm2(both) => return self.rtc_and_rtm(builder::build_token2_with_rtm2, both),
            Service::ConvoAi(both) => return self.rtc_and_rtm(builder::build_convo_ai_token2, both),
            Service::Stt(both) => return self.rtc_and_rtm(builder::build_stt_token2, both),
            Service::ChatUser(user) => {
                builder::build_chat_user_token2(credentials, &user.user_id, user.token_expire.seconds()?, stamp)
            }
            Service::ChatApp(expire) => builder::build_chat_app_token2(credentials, expire.seconds()?, stamp),
            Service::Fpa => builder::build_fpa_token2(credentials, stamp),
            Service::ApaasRoomUser(user) | Service::EducationRoomUser(user) => return self.room_user(user),
            Service::ApaasUser(user) | Service::EducationUser(user) => {
                builder::build_apaas_user_token2(credentials, &user.user_uuid, user.token_expire.seconds()?, stamp)
            }
            Service::ApaasApp(expire) | Service::EducationApp(expire) => {
                builder::build_apaas_app_token2(credentials, expire.seconds()?, stamp)
            }
        };
        Ok(token?)
    }

    fn rtc(&self, rtc: &Rtc) -> Result<String, Failure> {
        rtc.end.refuse()?;
        let (credentials, channel, stamp) = (&self.credentials, &rtc.channel, self.stamp);
        let uid = rtc.user.uid()?;
        let token_expire = rtc.token_expire.seconds()?;
        let expire = optional(rtc.privilege_expire.as_deref(), "privilege_expire", as_the_token(token_expire))?;
        if rtc.own.is_given() {
            if rtc.role.is_some() {
                return Err(Failure::usage("--role does not go with a lifetime for each privilege: all are granted"));
            }
            let [join, audio, video, data] = rtc.own.seconds(expire)?;
            return Ok(match &rtc.user.account {
                Some(account) => builder::build_token2_with_user_account_and_privilege(
                    credentials,
                    channel,
                    account,
                    token_expire,
                    join,
                    audio,
                    video,
                    data,
                    stamp,
                ),
                None => builder::build_token2_with_uid_and_privilege(
                    credentials,
                    channel,
                    uid,
                    token_expire,
                    join,
                    audio,
                    video,
                    data,
                    stamp,
                ),
            }?);
        }
        let role = role(rtc.role.as_deref(), "role")?;
        Ok(match &rtc.user.account {
            Some(account) => builder::build_token2_with_user_account(
                credentials,
                channel,
                account,
                role,
                token_expire,
                expire,
                stamp,
            ),
            None => builder::build_token2_with_uid(credentials, channel, uid, role, token_expire, expire, stamp),
        }?)
    }

    fn rtm(&self, rtm: &Rtm) -> Result<String, Failure> {
        rtm.end.refuse()?;
        if rtm.role.is_some() {
            return Err(Failure::usage("--role of mint rtm is for --token-version 006"));
        }
        let token_expire = rtm.token_expire.seconds()?;
        Ok(match &rtm.permissions {
            Some(argument) => builder::build_rtm_token2_with_permissions(
                &self.credentials,
                &rtm.user_id,
                permissions::read(argument)?,
                token_expire,
                self.stamp,
            ),
            None => builder::build_rtm_token2(&self.credentials, &rtm.user_id, token_expire, self.stamp),
        }?)
    }

    fn rtc_rtm(&self, both: &RtcRtm) -> Result<String, Failure> {
        let token_expire = both.token_expire.seconds()?;
        Ok(builder::build_token2_with_rtm(
            &self.credentials,
            &both.channel,
            &both.account,
            role(both.role.as_deref(), "role")?,
            token_expire,
            optional(both.privilege_expire.as_deref(), "privilege_expire", as_the_token(token_expire))?,
            self.stamp,
        )?)
    }

    fn rtc_and_rtm(&self, build: RtcAndRtmBuilder, both: &RtcAndRtm) -> Result<String, Failure> {
        let rtc_token_expire = optional(both.rtc_token_expire.as_deref(), "rtc_token_expire", HOUR)?;
        let expire = optional(both.privilege_expire.as_deref(), "privilege_expire", as_the_token(rtc_token_expire))?;
        let [join, audio, video, data] = both.own.seconds(expire)?;
        Ok(build(
            &self.credentials,
            &both.channel,
            &both.rtc_account,
            role(both.rtc_role.as_deref(), "rtc_role")?,
            rtc_token_expire,
            join,
            audio,
            video,
            data,
            both.rtm_user_id.as_deref().unwrap_or(&both.rtc_account),
            optional(both.rtm_token_expire.as_deref(), "rtm_token_expire", as_the_token(rtc_token_expire))?,
            self.stamp,
        )?)
    }

    fn room_user(&self, user: &RoomUser) -> Result<String, Failure> {
        Ok(builder::build_apaas_room_user_token2(
            &self.credentials,
            &user.room_uuid,
            &user.user_uuid,
            numbers::apaas_role(&user.role)?,
            user.token_expire.seconds()?,
            self.stamp,
        )?)
    }

    fn access_token(&self, service: &Service) -> Result<String, Failure> {
        let (credentials, stamp) = (&self.credentials, self.stamp);
        Ok(match service {
            Service::Rtc(rtc) => {
                let is_relative = rtc.privilege_expire.is_some() || rtc.own.is_given();
                rtc.token_expire.refuse(is_relative)?;
                let role = role(rtc.role.as_deref(), "role")?;
                let end = rtc.end.seconds(stamp)?;
                let uid = rtc.user.uid()?;
                match &rtc.user.account {
                    Some(account) => {
                        builder::build_token_with_user_account(credentials, &rtc.channel, account, role, end, stamp)
                    }
                    None => builder::build_token_with_uid(credentials, &rtc.channel, uid, role, end, stamp),
                }
            }
            Service::Rtm(rtm) => {
                rtm.token_expire.refuse(false)?;
                if rtm.permissions.is_some() {
                    return Err(Failure::usage("an AccessToken (006) carries no permissions"));
                }
                let role = role(rtm.role.as_deref(), "role")?;
                builder::build_rtm_token(credentials, &rtm.user_id, role, rtm.end.seconds(stamp)?, stamp)
            }
            _ => return Err(Failure::usage("--token-version 006 knows only rtc and rtm")),
        }?)
    }
}

/// The builders of twelve arguments, which are alike.
type RtcAndRtmBuilder =
    fn(&Credentials, &str, &str, u32, u32, u32, u32, u32, u32, &str, u32, Stamp) -> Result<String, agora_token::Error>;

impl User {
    /// The uid given, or that of any user.
    fn uid(&self) -> Result<u32, Failure> {
        self.uid.as_deref().map_or(Ok(0), numbers::uid)
    }
}

fn role(text: Option<&str>, field: &'static str) -> Result<u32, Failure> {
    numbers::role(text.unwrap_or("publisher"), field)
}
