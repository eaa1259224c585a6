package io.agora.token;

import static io.agora.token.Samples.APP_CERTIFICATE;
import static io.agora.token.Samples.APP_ID;
import static io.agora.token.Samples.CREDENTIALS;
import static io.agora.token.Samples.JSON;
import static io.agora.token.Samples.json;
import static io.agora.token.Samples.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Issuer, Grant, Verifier, errors: what only Java's face has. */
class FaceTest {
  private static final Issuer ISSUER = new Issuer(CREDENTIALS);
  private static final Verifier VERIFIER = new Verifier(CREDENTIALS);
  private static final String OTHER = "0123456789abcdef0123456789abcdef";

  @AfterAll
  static void close() {
    ISSUER.close();
    VERIFIER.close();
  }

  private static void refused(ErrorCode code, String field, Executable call) {
    AgoraTokenException error = refusal(call);
    assertEquals(code, error.getCode(), error.getMessage());
    assertEquals(field, error.getField(), error.getMessage());
    assertFalse(error.toString().contains(APP_CERTIFICATE));
  }

  private static JsonNode services(Grant grant) {
    return json(AgoraToken.inspect(ISSUER.issue(grant).getToken()).toJson()).get("services");
  }

  @Test
  void aGrantSaysWhomWhereAsWhatAndForHowLong() {
    Grant grant = Grant.rtc("room", 42, Role.PUBLISHER).andRtm().andChat();
    IssuedToken issued = ISSUER.issue(grant.withLifetime(Duration.ofMinutes(10)));
    assertEquals(600, issued.getExpiresAt() - issued.getIssuedAt());
    assertEquals(60, issued.getExpiresAt() - issued.getRefreshAfter());
    JsonNode services = json(AgoraToken.inspect(issued.getToken()).toJson()).get("services");
    assertEquals(3, services.size());
    assertEquals("room", services.get(0).get("channel").asText());
    assertEquals("42", services.get(0).get("account").asText());
    assertEquals(600, services.get(0).get("privileges").get("publishVideoStream").asInt());
    assertEquals("42", services.get(2).get("userId").asText());

    assertEquals(
        1, services(Grant.rtc("room", "alice", Role.SUBSCRIBER)).get(0).get("privileges").size());
    JsonNode any = services(Grant.rtc(Channel.ANY, User.ANY, Role.SUBSCRIBER)).get(0);
    assertEquals("*", any.get("channel").asText());
    assertEquals("", any.get("account").asText());
    assertSame(Channel.ANY, Channel.any());
    assertSame(User.ANY, User.any());

    Grant brief = Grant.rtc("room", 42, Role.PUBLISHER).withPublishLifetime(Duration.ofSeconds(60));
    assertEquals(60, services(brief).get(0).get("privileges").get("publishAudioStream").asInt());
    assertEquals(3600, services(brief).get(0).get("privileges").get("joinChannel").asInt());

    Permissions permissions = new Permissions().set(Permissions.USERS, Permissions.READ, "a", "é");
    Grant messaging = Grant.rtm("alice").andRtm2(permissions);
    permissions.set(Permissions.USERS, Permissions.READ, "later");
    assertEquals("rtm2", services(messaging).get(0).get("name").asText());
    assertEquals(
        json("{\"users\":{\"read\":[\"a\",\"é\"]}}"),
        services(messaging).get(0).get("permissions"));
    assertEquals("rtm", services(messaging.andRtm()).get(0).get("name").asText());

    Grant classroom = Grant.of(User.account("alice")).and(ServiceType.APAAS).withRoom("room", -2);
    assertEquals(-2, services(classroom).get(0).get("role").asInt());
    assertEquals(
        "alice",
        services(Grant.chat("bob").forUser(User.account("alice"))).get(0).get("userId").asText());

    Grant all = Grant.of(User.uid(7)).withChannel(Channel.named("room")).withRole(Role.PUBLISHER);
    for (ServiceType type : ServiceType.values()) {
      all = type == ServiceType.RTM2 ? all : all.and(type);
    }
    assertEquals(ServiceType.values().length - 1, services(all).size());
  }

  @Test
  void aGrantIsRefusedForWhatWouldBeRegretted() {
    refused(
        ErrorCode.INVALID_UID, "user", () -> ISSUER.issue(Grant.rtc("room", 0, Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_UID,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", 1L << 32, Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_USER_ACCOUNT,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", "", Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_USER_ACCOUNT,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", "null", Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_USER_ACCOUNT,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", (String) null, Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_UTF8,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", "a\ud800", Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_CHANNEL_NAME,
        "channel",
        () -> ISSUER.issue(Grant.rtc("", 42, Role.PUBLISHER)));
    refused(
        ErrorCode.INVALID_CHANNEL_NAME,
        "channel",
        () -> ISSUER.issue(Grant.rtc((String) null, 42, Role.PUBLISHER)));
    refused(ErrorCode.INVALID_CHANNEL_NAME, "channel", () -> Channel.named("*"));
    refused(ErrorCode.INVALID_ROLE, "role", () -> ISSUER.issue(Grant.rtc("room", 42, null)));
    refused(ErrorCode.NO_SERVICES, "services", () -> ISSUER.issue(Grant.of(User.uid(42))));
    Grant grant = Grant.rtc("room", 42, Role.PUBLISHER);
    refused(
        ErrorCode.TOKEN_EXPIRE_ZERO,
        "lifetime",
        () -> ISSUER.issue(grant.withLifetime(Duration.ZERO)));
    Duration twoDays = Duration.ofDays(2);
    refused(
        ErrorCode.LIFETIME_OVER_A_DAY, "lifetime", () -> ISSUER.issue(grant.withLifetime(twoDays)));
    refused(
        ErrorCode.LIFETIME_OVER_A_DAY,
        "publishLifetime",
        () -> ISSUER.issue(grant.withPublishLifetime(twoDays)));
    for (Duration none :
        List.of(Duration.ofMillis(1500), Duration.ofSeconds(-1), Duration.ofSeconds(1L << 32))) {
      refused(ErrorCode.INVALID_LIFETIME, "lifetime", () -> ISSUER.issue(grant.withLifetime(none)));
    }
    refused(ErrorCode.INVALID_LIFETIME, "lifetime", () -> grant.withLifetime(null));
    IssuedToken longer = ISSUER.issue(grant.withLifetimeLongerThanADay(twoDays));
    assertEquals(172_800, longer.getExpiresAt() - longer.getIssuedAt());
    refused(
        ErrorCode.INVALID_USER_ID,
        "user",
        () -> ISSUER.issue(Grant.rtc("room", User.ANY, Role.PUBLISHER).andRtm()));
    refused(
        ErrorCode.INVALID_ROOM_UUID,
        "roomUuid",
        () -> ISSUER.issue(grant.and(ServiceType.APAAS).withRoom(null, 1)));
    String[] many = new String[200];
    Arrays.setAll(
        many, number -> "resource-" + "x".repeat(number % 40) + number * 7919L * 104_729L);
    Grant large = grant.andRtm2(new Permissions().set(Permissions.USERS, Permissions.READ, many));
    refused(ErrorCode.TOKEN_TOO_LONG, "token", () -> ISSUER.issue(large));
    assertTrue(ISSUER.issue(large.allowLongToken()).getToken().length() > 2047);
  }

  @Test
  void usersComeFromOutside() {
    assertEquals(User.uid(42), User.fromText("42"));
    assertEquals(User.account("alice"), User.fromText("alice"));
    for (Object number : List.of(42, 42L, BigInteger.valueOf(42), "42")) {
      assertEquals(User.uid(42), User.fromJson(number));
    }
    for (Object none : List.of(1.0, 1.5, -1, 1L << 32, BigInteger.TWO.pow(70), "042", "+1", 0)) {
      refused(ErrorCode.INVALID_UID, "user", () -> User.fromJson(none));
    }
    assertTrue(refusal(() -> User.fromJson(1.5)).getReason().startsWith("is 1.5;"));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "user", () -> User.fromJson(null));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "user", () -> User.fromJson(true));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "user", () -> User.fromJson(List.of(42)));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "user", () -> User.fromText(null));
  }

  @Test
  void clockAndSaltCanBeGiven() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_999L), ZoneOffset.UTC);
    Grant grant = Grant.rtc("room", 42, Role.PUBLISHER);
    try (Issuer issuer = Issuer.builder(CREDENTIALS).clock(clock).salt(() -> 12345).build()) {
      IssuedToken issued = issuer.issue(grant);
      assertEquals(1_700_000_000, issued.getIssuedAt());
      assertEquals(12345, AccessToken2.parse(issued.getToken()).getSalt());
      assertEquals(issued.getToken(), issuer.issue(grant).getToken());
      try (Verifier verifier = Verifier.builder(CREDENTIALS).clock(clock).build()) {
        assertTrue(verifier.verdict(issued.getToken()).isValid());
      }
      assertEquals(
          ErrorCode.TOKEN_EXPIRED, refusal(() -> VERIFIER.verify(issued.getToken())).getCode());
    }
    Clock early = Clock.fixed(Instant.ofEpochSecond(-1), ZoneOffset.UTC);
    try (Issuer tooEarly = Issuer.builder(CREDENTIALS).clock(early).build();
        Issuer tooLarge = Issuer.builder(CREDENTIALS).salt(() -> 1L << 32).build()) {
      refused(ErrorCode.CLOCK_OUT_OF_RANGE, "clock", () -> tooEarly.issue(grant));
      refused(ErrorCode.INVALID_SALT, "salt", () -> tooLarge.issue(grant));
    }
  }

  @Test
  void manyAreIssuedAndWhatIsRefusedIsRefusedAlone() {
    Grant hall = Grant.rtc("hall", User.ANY, Role.SUBSCRIBER);
    List<IssueResult> results =
        ISSUER.issueMany(hall, List.of(User.uid(1), User.unchecked(0), User.account("alice")));
    assertTrue(
        results.get(0).isIssued() && !results.get(1).isIssued() && results.get(2).isIssued());
    assertEquals(ErrorCode.INVALID_UID, results.get(1).getError().getCode());
    assertNull(results.get(0).getError());
    assertNull(results.get(1).getIssued());
    assertThrows(InputException.class, results.get(1)::orThrow);
    assertEquals("alice", AgoraToken.inspect(results.get(2).orThrow().getToken()).getUser());
  }

  @Test
  void whatIsNullIsRefusedAndRefusedAlone() {
    Grant good = Grant.rtc("room", 42, Role.PUBLISHER);
    List<IssueResult> results = ISSUER.issueMany(Arrays.asList(null, good));
    assertFalse(results.get(0).isIssued());
    assertTrue(results.get(1).isIssued());
    results = ISSUER.issueMany(good, Arrays.asList(null, User.uid(7)));
    assertFalse(results.get(0).isIssued());
    assertTrue(results.get(1).isIssued());
    refused(ErrorCode.UNKNOWN_OPTION, "grant", () -> ISSUER.issue(null));
    String token = ISSUER.issue(good).getToken();
    refused(ErrorCode.UNKNOWN_OPTION, "expected", () -> VERIFIER.verify(token, null));
    refused(ErrorCode.UNKNOWN_OPTION, "expected", () -> VERIFIER.verdict(token, null));
    refused(ErrorCode.INVALID_PERMISSIONS, "permissions", () -> good.andRtm2(null));
    refused(ErrorCode.INDEX_OUT_OF_RANGE, "service", () -> good.and(null));
    refused(ErrorCode.TOKEN_VERSION, "token", () -> AgoraToken.inspect(null));
    AccessToken2 parts = new AccessToken2(APP_ID, APP_CERTIFICATE, 600);
    parts.addService(new ServiceRtc("room", (String) null));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "userAccount", parts::build);
    AccessToken2 messaging = new AccessToken2(APP_ID, APP_CERTIFICATE, 600);
    messaging.addService(new ServiceRtm2("alice", null));
    refused(ErrorCode.INVALID_PERMISSIONS, "permissions", messaging::build);
    refused(
        ErrorCode.INVALID_CHANNEL_NAME,
        "channelName",
        () -> new AccessToken(APP_ID, APP_CERTIFICATE, (String) null, "alice").build());
    Permissions none = new Permissions().set(Permissions.USERS, Permissions.READ, "a", null);
    refused(ErrorCode.INVALID_PERMISSIONS, "permissions", () -> ISSUER.issue(good.andRtm2(none)));
    // An attempt may leave out everything.
    Attempt nothing = new Attempt().certificate(null).certificates(null).appId(null).at(null);
    assertEquals(AgoraToken.diagnose(token).toJson(), AgoraToken.diagnose(token, nothing).toJson());
    assertEquals(AgoraToken.diagnose(token).toJson(), AgoraToken.diagnose(token, null).toJson());
  }

  @Test
  void aGrantHasOneChannel() {
    Grant grant = Grant.rtc("room", 42, Role.PUBLISHER);
    refused(
        ErrorCode.INVALID_CHANNEL_NAME, "channel", () -> grant.andRtc("other", Role.SUBSCRIBER));
    refused(
        ErrorCode.INVALID_CHANNEL_NAME,
        "channel",
        () -> Grant.rtc(Channel.ANY, User.ANY, Role.SUBSCRIBER).andRtc("room", Role.PUBLISHER));
    Grant other = grant.withChannel(Channel.named("other"));
    assertEquals("other", services(other).get(0).get("channel").asText());
    assertEquals(2, services(Grant.rtm("alice").andRtc("room", Role.PUBLISHER)).size());
  }

  @Test
  void jsonIsTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      IssuedToken issued = ISSUER.issue(Grant.rtc("room", 42, Role.PUBLISHER));
      assertEquals(issued.getExpiresAt(), json(issued.toJson()).get("expiresAt").asLong());
      Verdict verdict = VERIFIER.verdict(issued.getToken());
      assertEquals(0, json(verdict.toJson()).get("certificate").asInt(-1));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void anIssuedTokenIsJsonForClientsAndShowsNoToken() throws Exception {
    IssuedToken issued = ISSUER.issue(Grant.rtc("room", 42, Role.PUBLISHER));
    assertEquals(json(issued.toJson()), json(JSON.writeValueAsString(issued)));
    assertEquals(issued.getRefreshAfter(), json(issued.toJson()).get("refreshAfter").asLong());
    assertFalse(issued.toString().contains(issued.getToken()));
    assertFalse(CREDENTIALS.toString().contains(APP_CERTIFICATE));
  }

  @Test
  void verifyStopsAndVerdictTells() {
    String token = ISSUER.issue(Grant.rtc("room", 42, Role.SUBSCRIBER).andRtm()).getToken();
    Verdict verdict =
        VERIFIER.verify(token, new Expected().channel("room").uid(42).service(ServiceType.RTC));
    assertEquals(OptionalInt.of(0), verdict.getCertificate());
    assertEquals("room", verdict.getToken().getChannel());
    assertEquals("42", verdict.getToken().getUser());
    assertEquals(verdict.getToken().toJson(), json(verdict.toJson()).get("token").toString());
    VERIFIER.verify(token, new Expected().user(User.uid(42)));
    VERIFIER.verify(token, new Expected().account("42").privilege(ServiceRtc.JOIN_CHANNEL));

    Expected wrong =
        new Expected().channel("lobby").uid(43).privilege(ServiceRtc.PUBLISH_AUDIO_STREAM);
    TokenException error = assertThrows(TokenException.class, () -> VERIFIER.verify(token, wrong));
    assertEquals(ErrorCode.CHANNEL_MISMATCH, error.getCode());
    assertEquals("channel", error.getField());
    assertEquals(Fault.CALLER, error.getFault());
    assertEquals("the token is for channel \"room\"", error.getMessage());
    assertTrue(error.getRefusals().size() >= 2);
    assertEquals(ServiceType.RTC, error.getRefusals().get(0).getService());
    Verdict told = VERIFIER.verdict(token, wrong);
    assertEquals(error.getRefusals().size(), told.getRefusals().size());
    JsonNode document = json(told.toJson());
    assertFalse(document.get("valid").asBoolean());
    assertEquals("CHANNEL_MISMATCH", document.get("refusals").get(0).get("code").asText());
    assertEquals("rtc", document.get("refusals").get(0).get("service").asText());

    for (String none : Arrays.asList("", "x", "007eJ", null, "a\ud800")) {
      Verdict refused = VERIFIER.verdict(none);
      assertFalse(refused.isValid());
      assertNull(refused.getToken());
      JsonNode empty = json(refused.toJson());
      assertEquals("null", empty.get("token").toString());
      assertEquals(
          refused.getRefusals().get(0).getCode().name(),
          empty.get("refusals").get(0).get("code").asText());
      assertThrows(TokenException.class, () -> VERIFIER.verify(none));
    }
  }

  @Test
  void certificatesAreRotatedAndClocksDiffer() {
    Credentials now = Credentials.of(APP_ID, OTHER);
    Grant grant = Grant.rtc("room", 42, Role.PUBLISHER);
    String old = ISSUER.issue(grant).getToken();
    try (Issuer issuer = new Issuer(now);
        Verifier both = Verifier.builder(now).certificate(APP_CERTIFICATE).build();
        Verifier one = new Verifier(now)) {
      assertEquals(OptionalInt.of(1), both.verify(old).getCertificate());
      assertEquals(OptionalInt.of(0), both.verify(issuer.issue(grant).getToken()).getCertificate());
      assertEquals(ErrorCode.SIGNATURE_MISMATCH, refusal(() -> one.verify(old)).getCode());
    }
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20));
    String early = Issuer.builder(CREDENTIALS).clock(ahead).build().issue(grant).getToken();
    assertEquals(ErrorCode.TOKEN_ISSUED_IN_FUTURE, refusal(() -> VERIFIER.verify(early)).getCode());
    try (Verifier lenient = Verifier.builder(CREDENTIALS).leeway(Duration.ofSeconds(60)).build()) {
      lenient.verify(early);
    }
    refused(
        ErrorCode.INVALID_APP_CERTIFICATE,
        "appCertificate",
        () -> Verifier.builder(CREDENTIALS).certificate("short").build());
    refused(
        ErrorCode.INVALID_LIFETIME,
        "leeway",
        () -> Verifier.builder(CREDENTIALS).leeway(Duration.ofSeconds(-1)).build());
    Clock millis = Clock.fixed(Instant.ofEpochSecond(1_700_000_000_000L), ZoneOffset.UTC);
    try (Verifier wrong = Verifier.builder(CREDENTIALS).clock(millis).build()) {
      refused(ErrorCode.INVALID_TIMESTAMP, "now", () -> wrong.verify(old));
    }
  }

  @Test
  void aQuestionLeftOpenByMistakeIsRefused() {
    refused(ErrorCode.INVALID_CHANNEL_NAME, "channel", () -> new Expected().channel(null));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "account", () -> new Expected().account(null));
    refused(ErrorCode.INVALID_USER_ACCOUNT, "user", () -> new Expected().user(null));
    refused(ErrorCode.INDEX_OUT_OF_RANGE, "service", () -> new Expected().service(null));
    refused(ErrorCode.INVALID_UID, "uid", () -> new Expected().uid(-1));
  }

  @Test
  void aQuestionHasOneAnswer() {
    Expected expected =
        new Expected().service(ServiceType.RTC).privilege(1).channel("room").account("42");
    expected.service(ServiceType.RTC).privilege(1).channel("room").uid(42);
    VERIFIER.verify(ISSUER.issue(Grant.rtc("room", 42, Role.PUBLISHER)).getToken(), expected);
    refused(ErrorCode.UNKNOWN_OPTION, "service", () -> expected.service(ServiceType.RTM));
    refused(ErrorCode.UNKNOWN_OPTION, "privilege", () -> expected.privilege(2));
    refused(ErrorCode.UNKNOWN_OPTION, "channel", () -> expected.channel("lobby"));
    refused(ErrorCode.UNKNOWN_OPTION, "user", () -> expected.account("alice"));
    refused(ErrorCode.UNKNOWN_OPTION, "user", () -> expected.user(User.ANY));
  }

  @Test
  void errorsTellWhoseFaultItIs() throws Exception {
    ConfigurationException configuration =
        assertThrows(
            ConfigurationException.class, () -> Credentials.of(APP_ID, APP_CERTIFICATE + "\n"));
    assertEquals("appCertificate", configuration.getField());
    assertEquals(
        "has 33 characters, 32 hexadecimal digits expected; it ends in a newline",
        configuration.getReason());
    assertEquals("appCertificate " + configuration.getReason(), configuration.getMessage());
    assertEquals(Fault.CONFIGURATION, configuration.getFault());
    refused(
        ErrorCode.INVALID_APP_CERTIFICATE, "appCertificate", () -> Credentials.of(APP_ID, APP_ID));
    refused(ErrorCode.INVALID_APP_ID, "appId", () -> Credentials.of(null, APP_CERTIFICATE));
    InputException input =
        assertThrows(
            InputException.class, () -> ISSUER.issue(Grant.rtc("ro*om", 42, Role.PUBLISHER)));
    assertEquals(Fault.CALLER, input.getFault());
    for (ErrorCode code : ErrorCode.values()) {
      AgoraTokenException error = AgoraTokenException.of(code, "field", "reason");
      assertEquals(code, ErrorCode.fromNumber(code.getNumber()));
      assertEquals(code.isOfArgument() ? "field reason" : "reason", error.getMessage());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(error);
      Object read =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
      assertEquals(code, assertInstanceOf(error.getClass(), read).getCode());
    }
  }

  @Test
  void theEnvironmentNamesTheProject() {
    try (Issuer issuer = Issuer.fromEnv();
        Verifier verifier = Verifier.fromEnv()) {
      verifier.verify(issuer.issue(Grant.rtm("alice")).getToken(), new Expected().account("alice"));
    }
  }

  @Test
  void textsAreBytes() {
    assertEquals(Text.of("é"), Text.ofBytes(new byte[] {(byte) 0xc3, (byte) 0xa9}));
    assertEquals("é", Text.of("é").toString());
    assertNull(Text.ofBytes(new byte[] {(byte) 0xff}).getString());
    assertEquals("0xff", Text.ofBytes(new byte[] {(byte) 0xff}).toString());
    refused(ErrorCode.INVALID_UTF8, "text", () -> Text.of("\ud800"));
    refused(ErrorCode.INVALID_UID, "uid", () -> new ServiceRtc("room", 1L << 32));
    for (String each :
        List.of("", "room", "é", "€", "\ud83d\ude00", "a\ud83d\ude00é€z", "x".repeat(5000) + "€")) {
      AccessToken2 token = new AccessToken2(APP_ID, APP_CERTIFICATE, 600);
      token.addService(new ServiceRtc("", each).addPrivilege(ServiceRtc.JOIN_CHANNEL, 0));
      ServiceRtc read = (ServiceRtc) AccessToken2.parse(token.build()).getServices().get(0);
      assertEquals(each, read.getAccount().getString());
    }
    for (String each : List.of("alice é", "€", "\ud83d\ude00", "a\ud83d\ude00é€z")) {
      assertEquals(
          each,
          AgoraToken.inspect(ISSUER.issue(Grant.rtc("room", each, Role.PUBLISHER)).getToken())
              .getUser());
    }
  }
}
