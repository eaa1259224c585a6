package agoratoken

import (
	"math"
	"slices"
	"time"

	"agora-token.example/agoratoken/internal/core"
)

// Grant says whom to let in where, as what, for how long: what an Issuer makes a token of. It is a value: every method
// gives a new one. The token lives for one hour unless told otherwise, and its privileges as long as the token. What is
// refused of a grant, the issuer refuses.
type Grant struct {
	steps      []step
	hasChannel bool
}

// step tells a grant of the core one thing.
type step func(s *core.Session, grant uint64)

func (g Grant) and(next step) Grant {
	g.steps = append(slices.Clip(g.steps), next)
	return g
}

// with is a step that has no more to say than numbers.
func (g Grant) with(f core.Function, numbers ...uint64) Grant {
	return g.and(func(s *core.Session, grant uint64) { s.Call(f, append([]uint64{grant}, numbers...)...) })
}

// withText is a step that begins with a text.
func (g Grant) withText(f core.Function, field, text string, numbers ...uint64) Grant {
	return g.and(func(s *core.Session, grant uint64) {
		s.Call(f, append([]uint64{grant, s.Text(text, field)}, numbers...)...)
	})
}

// refused is a step that refuses the grant.
func (g Grant) refused(code ErrorCode, field, reason string) Grant {
	return g.and(func(s *core.Session, _ uint64) { s.Fail(&Error{Code: code, Field: field, Reason: reason}) })
}

// NewGrant grants nothing yet to this user; a token needs at least one service.
func NewGrant(user User) Grant { return Grant{}.ForUser(user) }

// RTC lets a user join a channel: 1 to 63 bytes of letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~, A blank name and
// "*" would let into every channel and are refused: where that is meant, RTCAnyChannel says so.
func RTC(channel string, user User, role Role) Grant { return NewGrant(user).WithRTC(channel, role) }

// RTCAnyChannel lets a user join every channel of the project.
func RTCAnyChannel(user User, role Role) Grant {
	return NewGrant(user).into().with(core.FnGrantAddRTCAnyChannel, uint64(role))
}

// RTM lets a user log in to real-time messaging.
func RTM(user User) Grant { return NewGrant(user).WithRTM() }

// Chat lets a user log in to Chat.
func Chat(user User) Grant { return NewGrant(user).WithChat() }

// ForUser is the same grant for another user.
func (g Grant) ForUser(user User) Grant {
	switch user.kind {
	case byUID:
		return g.with(core.FnGrantSetUID, uint64(user.uid))
	case byAccount:
		return g.withText(core.FnGrantSetAccount, "account", user.account)
	case anyUser:
		return g.with(core.FnGrantSetAnyUser)
	}
	return g.refused(CodeInvalidUserID, "user", noUserReason)
}

// WithRTC lets the user join a channel too. A grant has one channel: a second is refused, WithChannel sets another.
func (g Grant) WithRTC(channel string, role Role) Grant {
	if g.hasChannel {
		return g.refused(CodeInvalidChannelName, "channel", "is the second one of a grant; WithChannel sets another in its place")
	}
	return g.into().withText(core.FnGrantAddRTC, "channel", channel, uint64(role))
}

// WithRTM lets the user log in to real-time messaging too. A uid is its own decimal text there.
func (g Grant) WithRTM() Grant { return g.with(core.FnGrantAddRTM) }

// WithRTM2 lets the user log in to real-time messaging with these permissions, in place of all of it.
func (g Grant) WithRTM2(permissions Permissions) Grant {
	return g.and(func(s *core.Session, grant uint64) { s.Call(core.FnGrantAddRTM2, grant, permissions.make(s)) })
}

// WithChat lets the user log in to Chat too.
func (g Grant) WithChat() Grant { return g.with(core.FnGrantAddChat) }

// With adds any service. What it needs beside the user is set apart: a channel and a role, a room, permissions.
func (g Grant) With(service ServiceType) Grant {
	return g.with(core.FnGrantAddService, uint64(service))
}

// into is a grant that has a channel.
func (g Grant) into() Grant {
	g.hasChannel = true
	return g
}

// WithChannel sets the channel of the services that have one.
func (g Grant) WithChannel(channel string) Grant {
	return g.into().withText(core.FnGrantSetChannel, "channel", channel)
}

// WithAnyChannel lets the user into every channel of the project, in the services that have one.
func (g Grant) WithAnyChannel() Grant { return g.into().with(core.FnGrantSetAnyChannel) }

// WithRole says whether the user publishes, in the services that tell: Publisher or Subscriber.
func (g Grant) WithRole(role Role) Grant { return g.with(core.FnGrantSetRole, uint64(role)) }

// WithRoom sets the room of a classroom, and the user's role in it, which the classroom knows.
func (g Grant) WithRoom(roomUUID string, role int16) Grant {
	return g.withText(core.FnGrantSetRoom, "room_uuid", roomUUID, uint64(uint32(int32(role))))
}

// WithLifetime says how long the token and its privileges live: whole seconds, up to 24 hours.
func (g Grant) WithLifetime(lifetime time.Duration) Grant {
	return g.withDuration(core.FnGrantSetLifetime, "lifetime", lifetime)
}

// WithLifetimeLongerThanADay may be more than the 24 hours that Agora documents. A token cannot be taken back: use this
// only where you know that longer lifetimes are honoured.
func (g Grant) WithLifetimeLongerThanADay(lifetime time.Duration) Grant {
	return g.withDuration(core.FnGrantSetLifetimeLongerThanADay, "lifetime", lifetime)
}

// WithPublishLifetime says how long a publisher may publish, where that is less than the user may stay.
func (g Grant) WithPublishLifetime(lifetime time.Duration) Grant {
	return g.withDuration(core.FnGrantSetPublishLifetime, "publishLifetime", lifetime)
}

// WithPublishLifetimeLongerThanADay is to WithPublishLifetime what WithLifetimeLongerThanADay is to WithLifetime.
func (g Grant) WithPublishLifetimeLongerThanADay(lifetime time.Duration) Grant {
	return g.withDuration(core.FnGrantSetPublishLifetimeLongerThanADay, "publishLifetime", lifetime)
}

func (g Grant) withDuration(f core.Function, field string, lifetime time.Duration) Grant {
	return g.and(func(s *core.Session, grant uint64) { s.Call(f, grant, wholeSeconds(s, field, lifetime)) })
}

// wholeSeconds are the seconds of a duration, which is refused if it has a part of one or is negative.
func wholeSeconds(s *core.Session, field string, duration time.Duration) uint64 {
	seconds := duration / time.Second
	if duration%time.Second != 0 || seconds < 0 || seconds > math.MaxUint32 {
		reason := "is " + duration.String() + "; whole seconds from 0 to 4294967295 expected"
		s.Fail(&Error{Code: CodeInvalidLifetime, Field: field, Reason: reason})
	}
	return uint64(seconds)
}

// AllowLongToken allows more than 2047 characters. The Web SDK takes no longer ones: only where no browser joins.
func (g Grant) AllowLongToken() Grant { return g.with(core.FnGrantAllowLongToken) }

func (g Grant) make(s *core.Session) uint64 {
	grant := s.Make(core.FnGrantNew, core.FnGrantFree)
	for _, step := range g.steps {
		step(s, grant)
	}
	return grant
}
