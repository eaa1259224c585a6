//! What a route says of itself, for the document that is the contract.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

pub(crate) struct About {
    pub(crate) id: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) description: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) request: Option<Body>,
    pub(crate) answer: Body,
}

/// A part of the path, or a parameter of the query.
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) is_optional: bool,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Channel,
    Account,
    /// A uid in digits, or an account.
    User,
    Words(&'static [&'static str]),
    Number(u64, u64),
}

pub(crate) struct Body {
    pub(crate) about: &'static str,
    pub(crate) content: Content,
    /// JSON; empty for none.
    pub(crate) example: &'static str,
}

#[derive(Clone, Copy)]
pub(crate) enum Content {
    Json(Named),
    AnyJson,
    Text(&'static str),
}

/// A type by its name, with those that it is made of.
pub(crate) type Named = fn() -> Vec<(String, RefOr<Schema>)>;

pub(crate) fn named<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut all = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut all);
    all
}

impl Parameter {
    pub(crate) const fn new(name: &'static str, description: &'static str, kind: Kind) -> Parameter {
        Parameter { name, description, is_optional: false, kind }
    }

    pub(crate) const fn optional(self) -> Parameter {
        Parameter { name: self.name, description: self.description, is_optional: true, kind: self.kind }
    }
}

impl Body {
    pub(crate) const fn json<T: ToSchema>(about: &'static str, example: &'static str) -> Body {
        Body { about, content: Content::Json(named::<T>), example }
    }

    pub(crate) const fn any_json(about: &'static str) -> Body {
        Body { about, content: Content::AnyJson, example: "" }
    }

    pub(crate) const fn text(about: &'static str, media_type: &'static str) -> Body {
        Body { about, content: Content::Text(media_type), example: "" }
    }
}

impl About {
    pub(crate) const fn new(id: &'static str, tag: &'static str, summary: &'static str, answer: Body) -> About {
        About { id, tag, summary, description: "", parameters: &[], request: None, answer }
    }

    /// A route of another token server, whose answer is `T`.
    pub(crate) const fn compat<T: ToSchema>(id: &'static str, summary: &'static str) -> About {
        About::new(id, "Compatibility", summary, Body::json::<T>("The token", ""))
    }
}

/// The characters of a channel's name; blanks alone are no name.
pub(crate) const CHANNEL: &str =
    r"^ *[a-zA-Z0-9!#$%&()+\-:;<=.>?@\[\]^_{}|~,][a-zA-Z0-9 !#$%&()+\-:;<=.>?@\[\]^_{}|~,]*$";

/// Those of an account, which is no `*` and no `0`. Of 255 bytes, letters outside of ASCII take up to four each.
pub(crate) const ACCOUNT: &str = r"^([!-)+-/1-~]|[ -~]{2,255}|[^\x00-\x1f\x7f-\x9f]{2,63})$";

/// An answer of a text or two, by their names.
macro_rules! texts {
    ($(#[doc = $about:literal] $name:ident { $($field:ident),+ })+) => {
        $(
            #[doc = $about]
            #[derive(Serialize, ToSchema)]
            #[serde(rename_all = "camelCase")]
            pub(crate) struct $name { $(pub(crate) $field: String),+ }
        )+
    };
}

texts! {
    /// A token
    TokenAlone { token }
    /// A token for RTC
    RtcToken { rtc_token }
    /// A token for RTM
    RtmToken { rtm_token }
    /// One token for both
    RtcAndRtmToken { rtc_token, rtm_token }
    /// A token for Chat
    ChatToken { chat_token }
    /// How it is
    Status { status }
}
