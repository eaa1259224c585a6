package io.agora.token;

import static io.agora.token.Samples.APP_CERTIFICATE;
import static io.agora.token.Samples.APP_ID;
import static io.agora.token.Samples.CHECKOUT;
import static io.agora.token.Samples.each;
import static io.agora.token.Samples.json;
import static io.agora.token.Samples.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The doctor: every case of tests/doctor, word for word and counted, and how an attempt is told.
 */
class DoctorTest {
  private static List<String> files() {
    String[] names =
        CHECKOUT.resolve("tests/doctor").toFile().list((folder, name) -> name.endsWith(".json"));
    return Arrays.stream(names)
        .filter(name -> !name.equals("scenarios.json"))
        .sorted()
        .collect(Collectors.toList());
  }

  /** An attempt of the files has the names of C, of before and of now. */
  private static Attempt attempt(JsonNode told) {
    Attempt attempt = new Attempt();
    told.fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode value = told.get(name);
              switch (name) {
                case "app_id":
                  attempt.appId(value.asText());
                  break;
                case "channel":
                case "channel_name":
                  attempt.channel(value.asText());
                  break;
                case "uid":
                  attempt.uid(value.asLong());
                  break;
                case "account":
                case "user_account":
                  attempt.account(value.asText());
                  break;
                case "service":
                  attempt.service(ServiceType.find(value.asInt()));
                  break;
                case "role":
                  attempt.role(Role.fromNumber(value.asInt()));
                  break;
                case "at":
                  attempt.at(Instant.ofEpochSecond(value.asLong()));
                  break;
                case "sdk":
                  attempt.sdk(value.asText());
                  break;
                case "error":
                  attempt.error(value.asText());
                  break;
                case "certificates":
                  List<String> certificates = new ArrayList<>();
                  value.forEach(each -> certificates.add(each.asText()));
                  attempt.certificates(certificates);
                  break;
                case "redact":
                  if (value.asBoolean()) {
                    attempt.redact();
                  }
                  break;
                default:
                  throw new AssertionError(name);
              }
            });
    return attempt;
  }

  private static List<String> codes(String token, Attempt attempt) {
    return AgoraToken.diagnose(token, attempt).getFindings().stream()
        .map(finding -> finding.getCode().name())
        .collect(Collectors.toList());
  }

  @TestFactory
  Stream<DynamicTest> findings() {
    return files().stream()
        .flatMap(
            file -> {
              String code = read("tests/doctor/" + file).get("code").asText();
              return each("tests/doctor/" + file, "cases", "situation", each -> check(each, code));
            });
  }

  private static void check(JsonNode each, String code) {
    Diagnosis diagnosis =
        AgoraToken.diagnose(each.get("token").asText(), attempt(each.get("attempt")));
    assertEquals(each.get("findings"), json(diagnosis.toJson()).get("findings"));
    int at = 0;
    for (Finding finding : diagnosis.getFindings()) {
      JsonNode expected = each.get("findings").get(at++);
      assertEquals(expected.get("code").asText(), finding.getCode().name());
      assertEquals(expected.get("severity").asText(), finding.getSeverity().name().toLowerCase());
      assertEquals(expected.get("cause").asText(), finding.getCause());
      assertEquals(expected.get("fix").asText(), finding.getFix());
    }
    assertEquals(each.get("findings").size(), at);
    assertTrue(
        codes(each.get("token").asText(), attempt(each.get("attempt")))
            .subList(0, Math.min(2, at))
            .contains(code));
    assertFalse(diagnosis.toString().contains(APP_CERTIFICATE));
  }

  @TestFactory
  Stream<DynamicTest> scenarios() {
    return each(
        "tests/doctor/scenarios.json",
        "scenarios",
        "id",
        each -> {
          List<String> codes = codes(each.get("token").asText(), attempt(each.get("attempt")));
          String expected = each.get("expected").asText();
          assertTrue(
              codes.subList(0, Math.min(2, codes.size())).contains(expected), codes.toString());
        });
  }

  @Test
  void everyFindingHasItsFile() {
    Set<String> found = new TreeSet<>();
    files().forEach(file -> found.add(read("tests/doctor/" + file).get("code").asText()));
    Set<String> all = new TreeSet<>();
    Arrays.stream(FindingCode.values()).forEach(code -> all.add(code.name()));
    assertEquals(all, found);
  }

  @Test
  void aGoodTokenRaisesNoAlarm() {
    try (Issuer issuer = new Issuer(Samples.CREDENTIALS)) {
      for (int index = 1; index <= 100; index++) {
        User user = index % 2 == 0 ? User.account("user-" + index) : User.uid(index * 7_654_321L);
        Role role = index % 3 == 0 ? Role.SUBSCRIBER : Role.PUBLISHER;
        Grant grant =
            Grant.rtc("room-" + index, user, role).andRtm().withLifetime(Duration.ofMinutes(10));
        Attempt attempt =
            new Attempt().appId(APP_ID).sdk("web 4.20.0").certificate(APP_CERTIFICATE);
        attempt.channel("room-" + index).role(role);
        if (user.getUid() != null) {
          attempt.uid(user.getUid());
        } else {
          attempt.account(user.getAccount());
        }
        Diagnosis diagnosis = AgoraToken.diagnose(issuer.issue(grant).getToken(), attempt);
        assertTrue(
            diagnosis.getFindings().stream()
                .allMatch(finding -> finding.getSeverity() == Severity.NOTE),
            diagnosis.toString());
      }
    }
  }

  @Test
  void whatIsNullIsNotKnown() {
    String token =
        RtcTokenBuilder.buildTokenWithUid(
            APP_ID, APP_CERTIFICATE, "room", 42, Role.PUBLISHER, 3600);
    Attempt nothing =
        new Attempt().appId(null).channel(null).account(null).service(null).role(null).at(null);
    nothing.sdk(null).error(null);
    assertEquals(List.of("SIGNATURE_NOT_CHECKED"), codes(token, nothing));
    assertEquals(List.of(), codes(token, new Attempt().certificate(APP_CERTIFICATE)));
    // A uid and an account are two things, and uid 0 is known.
    assertEquals("UID_TOKEN_FOR_ACCOUNT", codes(token, new Attempt().account("alice")).get(0));
    assertEquals("USER_DIFFERS", codes(token, new Attempt().uid(0)).get(0));
    assertEquals("TOKEN_NOT_WANTED", codes(token, new Attempt().error(119)).get(0));
    assertEquals(
        ErrorCode.INVALID_TIMESTAMP,
        Samples.refusal(
                () ->
                    codes(
                        token, new Attempt().at(Instant.ofEpochSecond(System.currentTimeMillis()))))
            .getCode());
  }
}
