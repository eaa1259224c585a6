package io.agora.token;

import static io.agora.token.Samples.APP_CERTIFICATE;
import static io.agora.token.Samples.content;
import static io.agora.token.Samples.each;
import static io.agora.token.Samples.hex;
import static io.agora.token.Samples.json;
import static io.agora.token.Samples.outcome;
import static io.agora.token.Samples.refusal;
import static io.agora.token.Samples.string;
import static io.agora.token.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.agora.media.Utils;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of tests/vectors, each a test of its own. */
class VectorsTest {
  /**
   * Tokens that the mechanism reads, or refuses for another reason, and that are too large for a
   * verifier.
   */
  private static final Set<String> BEYOND_THE_BOUNDS =
      Set.of(
          "services_40000_fpa",
          "payload_over_64k",
          "privileges_40000",
          "huge_base64",
          "payload_at_cap",
          "truncated_services_65535",
          "truncated_privileges_65535",
          "truncated_rtm2_permissions_65535",
          "truncated_rtm2_resources_65535",
          "p6_huge_base64");

  /**
   * AccessTokens that are signed as they stand, and whose privileges could be a part of another
   * account.
   */
  private static final Set<String> AMBIGUOUS =
      Set.of("p6_unsorted_privileges", "p6_unknown_privilege");

  /** Damaged tokens of which a verifier says only that nobody signed them. */
  private static final Set<String> UNSIGNED = Set.of("truncated_service_count");

  @TestFactory
  Stream<DynamicTest> valid() {
    return each("tests/vectors/valid.json", "cases", "id", this::checkValid);
  }

  @TestFactory
  Stream<DynamicTest> malformed() {
    return each(
        "tests/vectors/malformed.json",
        "cases",
        "id",
        each -> {
          if (each.get("op").asText().startsWith("build")) {
            checkBuilding(each);
          } else {
            checkReading(each);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> officialStrings() {
    return each("tests/vectors/official-strings.json", "cases", "id", this::checkReading);
  }

  @TestFactory
  Stream<DynamicTest> builderRefusals() {
    return each(
        "tests/vectors/builder-refusals.json",
        "cases",
        "id",
        each -> {
          String expected = each.get("expect").asText();
          if (expected.equals("ok")) {
            compare(each.get("token"), call(each.get("function"), each.get("args"), each));
            return;
          }
          AgoraTokenException error =
              refusal(() -> call(each.get("function"), each.get("args"), each));
          assertEquals(expected, error.getCode().name());
          // A number that is no role does not get as far as the builder, where the argument may be
          // called rtcRole.
          String field =
              expected.equals("INVALID_ROLE") ? "role" : camelCase(each.get("field").asText());
          assertEquals(field, error.getField());
        });
  }

  private void checkValid(JsonNode each) throws Exception {
    String certificate = each.get("app_certificate").asText();
    String token = each.get("token").asText();
    String built = build(each);
    if (each.get("version").asText().equals("007")) {
      for (String one : List.of(built, token)) {
        var read = AccessToken2.parse(one);
        assertEquals(each.get("payload_hex").asText(), hex(read.getPayload()));
        assertEquals(each.get("payload_hex").asText(), hex(inflated(one)));
        assertEquals(each.get("signature_hex").asText(), hex(read.getSignature()));
        assertTrue(read.isComplete() && read.getUnreadBytes() == 0);
        assertTrue(read.verifySignature(certificate));
        List<Service> services = new ArrayList<>();
        each.get("services").forEach(service -> services.add(service(service)));
        services.sort(Comparator.comparing(Service::getType));
        assertEquals(services, read.getServices());
      }
    } else {
      assertEquals(token, built, "nothing is compressed, so the text is the same");
      var read = AccessToken.parse(token);
      assertEquals(each.get("message_hex").asText(), hex(read.getMessage()));
      assertEquals(each.get("crc_channel_name").asLong(), read.getChannelCrc());
      assertEquals(each.get("crc_uid").asLong(), read.getUserCrc());
      assertTrue(
          read.verifySignature(
              certificate, text(each.get("channel_name")), text(each.get("account"))));
    }
    // Where one call of a builder makes this token, it makes it here, or refuses it as the file
    // says.
    JsonNode oneCall = each.path("one_call");
    for (JsonNode function : oneCall.path("functions")) {
      List<String> made = new ArrayList<>();
      String outcome = outcome(() -> made.add(call(function, oneCall.get("args"), each)));
      assertEquals(oneCall.get("expect").asText(), outcome);
      for (String one : made) {
        assertEquals(content(token), content(one));
      }
    }
  }

  private void checkBuilding(JsonNode each) throws Exception {
    JsonNode expect = each.get("expect");
    List<String> built = new ArrayList<>();
    assertEquals(expect.get("error").asText(), outcome(() -> built.add(build(each))));
    for (String token : built) {
      if (each.get("op").asText().equals("build_007")) {
        var read = AccessToken2.parse(token);
        assertEquals(expect.get("signature_hex").asText(), hex(read.getSignature()));
        assertEquals(expect.get("payload_size").asInt(), read.getPayload().length);
      } else {
        assertEquals(
            expect.get("signature_hex").asText(), hex(AccessToken.parse(token).getSignature()));
      }
    }
  }

  private void checkReading(JsonNode each) throws Exception {
    String token = string(each.get("token"));
    JsonNode expect = each.get("expect");
    String parse = expect.get("parse").asText();
    checkVerifiersReading(each, token, parse);
    if (each.get("op").asText().equals("parse_any")) {
      assertEquals(parse, outcome(() -> AccessToken2.parse(token)));
      assertEquals(parse, outcome(() -> AccessToken.parse(token)));
      assertEquals(parse, outcome(() -> AgoraToken.inspect(token)));
      return;
    }
    boolean is007 = each.get("op").asText().endsWith("007");
    String outcome =
        outcome(is007 ? () -> AccessToken2.parse(token) : () -> AccessToken.parse(token));
    assertEquals(parse, outcome);
    if (!outcome.equals("ok")) {
      return;
    }
    compare(expect.get("decoded"), token);
    if (is007) {
      var read = AccessToken2.parse(token);
      assertEquals(expect.get("complete").asBoolean(), read.isComplete());
      assertEquals(expect.get("unread_bytes").asLong(), read.getUnreadBytes());
      if (expect.has("payload_hex")) {
        assertEquals(expect.get("payload_hex").asText(), hex(read.getPayload()));
      }
    }
    if (expect.has("verify")) {
      checkVerification(each, token, is007);
    }
    if (expect.has("at_now")) {
      Clock clock = Clock.fixed(Instant.ofEpochSecond(each.get("now").asLong()), ZoneOffset.UTC);
      String appId = AgoraToken.inspect(token).getAppId();
      Credentials credentials = Credentials.of(appId, each.get("app_certificate").asText());
      try (Verifier verifier = Verifier.builder(credentials).clock(clock).build()) {
        Set<String> codes = codes(verifier.verdict(token));
        String expected = expect.get("at_now").asText();
        assertTrue(
            expected.equals("ok") ? codes.isEmpty() : codes.contains(expected), codes.toString());
      }
    }
  }

  /** A verifier reads less than the mechanism does, and nothing of what nobody signed. */
  private void checkVerifiersReading(JsonNode each, String token, String parse) {
    String certificate = each.path("app_certificate").asText(APP_CERTIFICATE);
    boolean isOther =
        parse.equals("TOKEN_VERSION") && (token.startsWith("006") || token.startsWith("007"));
    // There is no asking a verifier for the other generation.
    if (isOther || each.get("expect").path("verify").asText().equals("INVALID_APP_CERTIFICATE")) {
      return;
    }
    try (Verifier verifier = new Verifier(Credentials.of(Samples.APP_ID, certificate))) {
      Verdict verdict = verifier.verdict(token);
      String first =
          verdict.getRefusals().stream().findFirst().map(it -> it.getCode().name()).orElse("ok");
      if (BEYOND_THE_BOUNDS.contains(each.get("id").asText())) {
        assertEquals("TOKEN_TOO_LARGE", first);
      } else if (UNSIGNED.contains(each.get("id").asText())) {
        assertEquals(Set.of("SIGNATURE_MISMATCH"), codes(verdict));
      } else if (!parse.equals("ok")) {
        assertEquals(parse, first);
      }
    }
  }

  /** verifySignature says whether; a verdict, which knows more, says why not. */
  private void checkVerification(JsonNode each, String token, boolean is007) throws Exception {
    String expected = each.get("expect").get("verify").asText();
    String certificate = each.path("app_certificate").asText();
    Text channel = each.has("channel_name") ? text(each.get("channel_name")) : Text.of("");
    Text account = each.has("account") ? text(each.get("account")) : Text.of("");
    List<Boolean> holds = new ArrayList<>();
    String outcome =
        outcome(
            () ->
                holds.add(
                    is007
                        ? AccessToken2.parse(token).verifySignature(certificate)
                        : AccessToken.parse(token).verifySignature(certificate, channel, account)));
    if (expected.equals("INVALID_APP_CERTIFICATE")) {
      assertEquals(expected, outcome);
      return;
    }
    assertEquals(List.of(expected.equals("ok")), holds);
    String appId = AgoraToken.inspect(token).getAppId();
    if (BEYOND_THE_BOUNDS.contains(each.get("id").asText()) || !Utils.isUUID(appId)) {
      return;
    }
    Expected wanted = new Expected();
    if (!is007) {
      // A messaging token of 006 has its user where others have the channel; to a verifier a user
      // is a user.
      boolean isMessaging =
          AccessToken.parse(token).getPrivileges().containsKey(Privilege006.RTM_LOGIN);
      wanted.account(isMessaging ? channel.getString() : account.getString());
      if (!isMessaging) {
        wanted.channel(channel.getString());
      }
    }
    try (Verifier verifier =
        Verifier.builder(Credentials.of(appId, certificate)).ignoreTime().build()) {
      Verdict verdict = verifier.verdict(token, wanted);
      assertEquals(verdict.getToken() == null, verdict.getCertificate().isEmpty());
      if (AMBIGUOUS.contains(each.get("id").asText())) {
        assertEquals("ok", expected);
        assertEquals(Set.of("TOKEN_AMBIGUOUS"), codes(verdict));
        return;
      }
      // A verdict goes on where the official way stops: there may be more.
      String first =
          verdict.getRefusals().stream().findFirst().map(it -> it.getCode().name()).orElse("ok");
      assertEquals(expected, first);
    }
  }

  private static Set<String> codes(Verdict verdict) {
    return verdict.getRefusals().stream()
        .map(it -> it.getCode().name())
        .collect(Collectors.toSet());
  }

  static String call(JsonNode function, JsonNode args, JsonNode beside) {
    String name = function.asText().replaceFirst("^agora_", "");
    return BuilderTable.FACE.get(name).with(new Arguments(args, beside));
  }

  private static byte[] inflated(String token) {
    return Utils.decompress(Utils.base64Decode(token.substring(3)));
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_")) {
      camel.append(
          camel.length() == 0 ? part : part.substring(0, 1).toUpperCase() + part.substring(1));
    }
    return camel.toString();
  }

  private static SortedMap<Integer, Long> times(JsonNode privileges) {
    SortedMap<Integer, Long> times = new TreeMap<>();
    privileges
        .fields()
        .forEachRemaining(
            pair -> times.put(Integer.parseInt(pair.getKey()), pair.getValue().asLong()));
    return times;
  }

  /** The low-level object of a case, built. */
  private static String build(JsonNode each) {
    String appId = each.get("app_id").asText();
    String certificate = each.get("app_certificate").asText();
    long salt = each.get("salt").asLong();
    if (each.path("version").asText().equals("007")
        || each.path("op").asText().equals("build_007")) {
      AccessToken2 token = new AccessToken2(appId, certificate, each.get("expire").asLong());
      token.setIssueTs(each.get("issue_ts").asLong()).setSalt(salt);
      each.get("services").forEach(service -> token.addService(service(service)));
      return token.build();
    }
    AccessToken token =
        new AccessToken(
            appId, certificate, text(each.get("channel_name")), text(each.get("account")));
    token.setSalt(salt).setExpiresAt(each.get("ts").asLong());
    times(each.get("privileges")).forEach(token::addPrivilege);
    return token.build();
  }

  private static Service service(JsonNode each) {
    Service service = fields(each);
    times(each.get("privileges")).forEach(service::addPrivilege);
    return service;
  }

  private static Service fields(JsonNode each) {
    switch (ServiceType.find(each.get("type").asInt())) {
      case RTC:
        return new ServiceRtc(text(each.get("channel_name")), text(each.get("account")));
      case RTM:
        return new ServiceRtm(text(each.get("user_id")));
      case STREAMING:
        return new ServiceStreaming(text(each.get("channel_name")), text(each.get("account")));
      case FPA:
        return new ServiceFpa();
      case CHAT:
        return new ServiceChat(text(each.get("user_id")));
      case FCDN:
        return new ServiceFcdn(text(each.get("channel_name")), text(each.get("account")));
      case APAAS:
        return new ServiceApaas(
            text(each.get("room_uuid")), text(each.get("user_uuid")), each.get("role").asInt());
      case RTM2:
        return new ServiceRtm2(
            text(each.get("user_id")), Samples.permissions(each.get("permissions")));
      case CONVO_AI:
        return new ServiceConvoAi();
      case STT:
        return new ServiceStt();
      default:
        throw new AssertionError(each.toString());
    }
  }

  /** Compares what stands in a token, and its document, with what the file says. */
  private static void compare(JsonNode expected, String token) {
    assertNotNull(expected, "nothing to compare with");
    JsonNode document = json(AgoraToken.inspect(token).toJson());
    String[][] members = {
      {"issue_ts", "issuedAt"},
      {"expire", "expiresIn"},
      {"expires_at", "expiresAt"},
      {"salt", "salt"},
      {"signature_hex", "signature"},
      {"ts", "expiresAt"},
      {"crc_channel_name", "channelCrc"},
      {"crc_uid", "userCrc"},
    };
    for (String[] names : members) {
      if (expected.has(names[0])) {
        assertEquals(expected.get(names[0]).asText(), document.get(names[1]).asText(), names[0]);
      }
    }
    if (document.get("version").asText().equals("006")) {
      var read = AccessToken.parse(token);
      if (expected.has("app_id")) {
        assertEquals(text(expected.get("app_id")), read.getAppId());
      }
      assertEquals(times(expected.get("privileges")), read.getPrivileges());
      if (expected.has("channel_name")) {
        assertEquals(crc32(text(expected.get("channel_name"))), read.getChannelCrc());
        assertEquals(crc32(text(expected.get("account"))), read.getUserCrc());
      }
      return;
    }
    var read = AccessToken2.parse(token);
    if (expected.has("app_id")) {
      assertEquals(text(expected.get("app_id")), read.getAppId());
    }
    JsonNode services = expected.get("services");
    assertEquals(services.size(), document.get("services").size());
    assertEquals(services.size(), read.getServices().size() + (read.isComplete() ? 0 : 1));
    for (int at = 0; at < services.size(); at++) {
      JsonNode service = services.get(at);
      JsonNode entry = document.get("services").get(at);
      assertEquals(service.get("type").asInt(), entry.get("type").asInt());
      assertEquals(service.get("name").asText(), entry.get("name").asText());
      if (service.get("name").asText().equals("unknown")) {
        assertEquals(service.get("type").asInt(), read.getUnknownService().getType());
        assertEquals(times(service.get("privileges")), read.getUnknownService().getPrivileges());
      } else if (service.has("privilege_count")) {
        assertEquals(
            service.get("privilege_count").asInt(),
            read.getServices().get(at).getPrivileges().size());
      } else {
        assertEquals(service(service), read.getServices().get(at));
      }
    }
  }

  private static long crc32(Text text) {
    return Integer.toUnsignedLong(Utils.crc32(text.getBytes()));
  }
}
