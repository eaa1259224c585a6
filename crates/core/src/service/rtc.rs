//! The four privileges of RTC, in both generations.

use super::privileges::Privileges;
use super::table::Service;

/// How long each of the four privileges of RTC lasts, in seconds; 0 for as long as the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RtcLifetimes {
    /// Joining the channel.
    pub join_channel: u32,
    /// Publishing audio.
    pub pub_audio: u32,
    /// Publishing video.
    pub pub_video: u32,
    /// Publishing data streams.
    pub pub_data_stream: u32,
}

impl RtcLifetimes {
    /// All four the same.
    pub const fn all(seconds: u32) -> RtcLifetimes {
        RtcLifetimes { join_channel: seconds, pub_audio: seconds, pub_video: seconds, pub_data_stream: seconds }
    }

    /// What a user gets: joining, and the other three who publishes. The numbers are the same in both generations.
    #[inline]
    pub(crate) fn privileges(&self, publishes: bool) -> Privileges {
        let all = [
            (Service::RTC_JOIN_CHANNEL, self.join_channel),
            (Service::RTC_PUBLISH_AUDIO_STREAM, self.pub_audio),
            (Service::RTC_PUBLISH_VIDEO_STREAM, self.pub_video),
            (Service::RTC_PUBLISH_DATA_STREAM, self.pub_data_stream),
        ];
        let [join, ..] = all;
        Privileges::from_ascending(if publishes { &all } else { std::slice::from_ref(&join) })
    }
}
