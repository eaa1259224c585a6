//! Lifetimes and times among the options, and that each generation gets its own.

use agora_token::Stamp;

use super::args::{End, OwnExpires, TokenExpire};
use crate::failure::Failure;
use crate::numbers::{self, HOUR, lifetime};

impl TokenExpire {
    pub(super) fn seconds(&self) -> Result<u32, Failure> {
        optional(self.token_expire.as_deref(), "token_expire", HOUR)
    }

    /// An AccessToken has none of these.
    pub(super) fn refuse(&self, are_others_given: bool) -> Result<(), Failure> {
        if self.token_expire.is_none() && !are_others_given {
            return Ok(());
        }
        Err(Failure::usage(
            "an AccessToken (006) always lives a day, and its privileges end at a time: --privilege-expired-ts or \
             --expires-in instead of lifetimes",
        ))
    }
}

impl OwnExpires {
    pub(super) fn is_given(&self) -> bool {
        self.texts().iter().any(|(text, _)| text.is_some())
    }

    /// Those given, and `default` for the others.
    pub(super) fn seconds(&self, default: u32) -> Result<[u32; 4], Failure> {
        let mut seconds = [default; 4];
        for (slot, (text, field)) in seconds.iter_mut().zip(self.texts()) {
            *slot = optional(text, field, default)?;
        }
        Ok(seconds)
    }

    fn texts(&self) -> [(Option<&str>, &'static str); 4] {
        [
            (self.join_channel_privilege_expire.as_deref(), "join_channel_privilege_expire"),
            (self.pub_audio_privilege_expire.as_deref(), "pub_audio_privilege_expire"),
            (self.pub_video_privilege_expire.as_deref(), "pub_video_privilege_expire"),
            (self.pub_data_stream_privilege_expire.as_deref(), "pub_data_stream_privilege_expire"),
        ]
    }
}

impl End {
    /// An AccessToken2 has none of these.
    pub(super) fn refuse(&self) -> Result<(), Failure> {
        if self.privilege_expired_ts.is_none() && self.expires_in.is_none() {
            return Ok(());
        }
        Err(Failure::usage(
            "--privilege-expired-ts and --expires-in are for --token-version 006; an AccessToken2 (007) has lifetimes: \
             --token-expire and --privilege-expire",
        ))
    }

    /// Unix seconds; whether they can be right, the builder knows.
    pub(super) fn seconds(&self, stamp: Stamp) -> Result<u32, Failure> {
        if let Some(text) = &self.privilege_expired_ts {
            return numbers::timestamp(text, "privilege_expired_ts");
        }
        numbers::end(self.expires_in.as_deref().unwrap_or("1h"), "expires_in", stamp.issue_ts)
    }
}

pub(super) fn optional(text: Option<&str>, field: &'static str, default: u32) -> Result<u32, Failure> {
    text.map_or(Ok(default), |text| lifetime(text, field))
}
