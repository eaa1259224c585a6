package io.agora.token;

import static io.agora.token.Samples.APP_CERTIFICATE;
import static io.agora.token.Samples.APP_ID;
import static io.agora.token.Samples.content;
import static io.agora.token.Samples.each;
import static io.agora.token.Samples.outcome;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agora.media.AccessToken2;
import io.agora.media.ByteBuf;
import io.agora.media.RtcTokenBuilder2;
import io.agora.media.Utils;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The official classes, beside those of the official library, which a class loader of its own
 * holds.
 */
class CompatTest {
  private static final ClassLoader OFFICIAL = official();

  private static ClassLoader official() {
    try {
      List<URL> jars = new ArrayList<>();
      for (File jar : new File(System.getProperty("peers")).listFiles()) {
        jars.add(jar.toURI().toURL());
      }
      return new URLClassLoader(jars.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    } catch (java.net.MalformedURLException error) {
      throw new AssertionError(error);
    }
  }

  private static final Map<String, String> CLASSES =
      Map.of(
          "io.agora.media.RtcTokenBuilder", "",
          "io.agora.media.RtcTokenBuilder2", "",
          "io.agora.media.FpaTokenBuilder", "",
          "io.agora.rtm.RtmTokenBuilder", "",
          "io.agora.rtm.RtmTokenBuilder2", "",
          "io.agora.chat.ChatTokenBuilder2", "",
          "io.agora.apaas.ApaasTokenBuilder", "",
          "io.agora.education.EducationTokenBuilder2", "",
          "io.agora.media.AccessToken", "",
          "io.agora.media.AccessToken2", "");

  /** What the library of another loader makes of the same arguments. */
  private static String build(ClassLoader loader, String of, String method, Object... values)
      throws Exception {
    Class<?> type = Class.forName(of, true, loader);
    Method found =
        Arrays.stream(type.getMethods())
            .filter(each -> each.getName().equals(method) && fits(each, values))
            .findFirst()
            .orElseThrow(() -> new AssertionError(of + "." + method));
    Object[] given = values.clone();
    for (int at = 0; at < given.length; at++) {
      Class<?> wanted = found.getParameterTypes()[at];
      if (wanted.isEnum()) {
        given[at] = wanted.getEnumConstants()[(Integer) given[at]];
      }
    }
    return (String) found.invoke(type.getConstructor().newInstance(), given);
  }

  private static boolean fits(Method method, Object[] values) {
    Class<?>[] types = method.getParameterTypes();
    if (types.length != values.length) {
      return false;
    }
    for (int at = 0; at < types.length; at++) {
      boolean isNumber =
          values[at] instanceof Integer && (types[at] == int.class || types[at].isEnum());
      if (!isNumber && !types[at].isInstance(values[at])) {
        return false;
      }
    }
    return true;
  }

  private static void same(String of, String method, Object... values) throws Exception {
    String ours = build(CompatTest.class.getClassLoader(), of, method, values);
    String theirs = build(OFFICIAL, of, method, values);
    String what = of + "." + method + Arrays.toString(values);
    if (theirs.isEmpty()) {
      assertEquals("", ours, what);
    } else {
      assertEquals(content(theirs), content(ours), what);
    }
  }

  @Test
  void ourBuildersMakeWhatTheOfficialOnesMake() throws Exception {
    Random random = new Random(1);
    String[] texts = {
      "room", "", "*", "7d72365eb983485397e3e3f9d460bdda", "é€", "a b", "x".repeat(100)
    };
    for (int round = 0; round < 1000; round++) {
      String id = round % 50 == 0 ? "none" : APP_ID;
      String channel = texts[random.nextInt(texts.length)];
      String account = texts[random.nextInt(texts.length)] + random.nextInt(100);
      int uid = random.nextInt();
      int expire = random.nextInt();
      int other = random.nextInt(2) * random.nextInt(1_000_000);
      int role = random.nextInt(2);
      String rtc = "io.agora.media.RtcTokenBuilder2";
      same(rtc, "buildTokenWithUid", id, APP_CERTIFICATE, channel, uid, role, expire, other);
      same(
          rtc,
          "buildTokenWithUserAccount",
          id,
          APP_CERTIFICATE,
          channel,
          account,
          role,
          expire,
          other);
      same(rtc, "buildTokenWithUid", id, APP_CERTIFICATE, channel, uid, expire, 1, 2, other, 4);
      same(
          rtc,
          "buildTokenWithUserAccount",
          id,
          APP_CERTIFICATE,
          channel,
          account,
          expire,
          1,
          2,
          other,
          4);
      same(rtc, "buildTokenWithRtm", id, APP_CERTIFICATE, channel, account, role, expire, other);
      same(
          rtc,
          "buildTokenWithRtm2",
          id,
          APP_CERTIFICATE,
          channel,
          account,
          role,
          expire,
          1,
          2,
          3,
          other,
          "user",
          9);
      same("io.agora.media.FpaTokenBuilder", "buildToken", id, APP_CERTIFICATE);
      same("io.agora.rtm.RtmTokenBuilder2", "buildToken", id, APP_CERTIFICATE, account, expire);
      same(
          "io.agora.chat.ChatTokenBuilder2",
          "buildUserToken",
          id,
          APP_CERTIFICATE,
          account,
          expire);
      same("io.agora.chat.ChatTokenBuilder2", "buildAppToken", id, APP_CERTIFICATE, expire);
      for (String of :
          List.of(
              "io.agora.apaas.ApaasTokenBuilder", "io.agora.education.EducationTokenBuilder2")) {
        same(of, "buildUserToken", id, APP_CERTIFICATE, account, expire);
        same(of, "buildAppToken", id, APP_CERTIFICATE, expire);
      }
      same("io.agora.rtm.RtmTokenBuilder", "buildToken", id, APP_CERTIFICATE, account, 0, expire);
      // Publishers, and uids that have no sign: see what is said of the others in README.md.
      String old = "io.agora.media.RtcTokenBuilder";
      same(old, "buildTokenWithUid", id, APP_CERTIFICATE, channel, uid & 0x7fffffff, 1, expire);
      same(old, "buildTokenWithUserAccount", id, APP_CERTIFICATE, channel, account, 1, expire);
    }
  }

  /** What README.md says is different. */
  @Test
  void someTokensAreOtherOnesOnPurpose() throws Exception {
    String old = "io.agora.media.RtcTokenBuilder";
    ClassLoader here = CompatTest.class.getClassLoader();
    for (int role = 0; role < 4; role++) {
      var read =
          io.agora.token.AccessToken.parse(
              build(
                  here,
                  old,
                  "buildTokenWithUid",
                  APP_ID,
                  APP_CERTIFICATE,
                  "room",
                  42,
                  role,
                  1_700_000_000));
      assertEquals(role == 2 ? 1 : 4, read.getPrivileges().size());
      read =
          io.agora.token.AccessToken.parse(
              build(
                  OFFICIAL,
                  old,
                  "buildTokenWithUid",
                  APP_ID,
                  APP_CERTIFICATE,
                  "room",
                  42,
                  role,
                  1_700_000_000));
      assertEquals(role == 0 ? 1 : 4, read.getPrivileges().size());
    }
    String token =
        build(
            here, old, "buildTokenWithUid", APP_ID, APP_CERTIFICATE, "room", -1, 1, 1_700_000_000);
    assertTrue(
        io.agora.token.AccessToken.parse(token)
            .verifySignature(APP_CERTIFICATE, "room", "4294967295"));
    Object[] classroom = {APP_ID, APP_CERTIFICATE, "room", "alice", (short) 1, 600};
    for (String of :
        List.of("io.agora.apaas.ApaasTokenBuilder", "io.agora.education.EducationTokenBuilder2")) {
      String ours = build(here, of, "buildRoomUserToken", classroom);
      String theirs = build(OFFICIAL, of, "buildRoomUserToken", classroom);
      // Theirs grants the privilege of Chat to messaging, and Chat gets none.
      assertEquals(1, content(ours).get("services").get(1).get("privileges").size());
      assertEquals(0, content(theirs).get("services").get(1).get("privileges").size());
    }
  }

  @TestFactory
  Stream<DynamicTest> whatTheStrictBuildersTakeTheOfficialOnesTakeToo() {
    return each(
        "tests/vectors/builder-refusals.json",
        "cases",
        "id",
        each -> {
          String name = each.get("function").asText().replaceFirst("^agora_", "");
          BuilderTable.Call call = BuilderTable.OFFICIAL.get(name);
          if (call == null) {
            // RtmTokenBuilder is compared above; conversational AI and speech to text have no
            // official class.
            assertTrue(
                Set.of("build_rtm_token", "build_convo_ai_token2", "build_stt_token2")
                    .contains(name),
                name);
            return;
          }
          String token = call.with(new Arguments(each.get("args"), each));
          String code = each.get("expect").asText();
          // The official code cuts the length of a resource that is too long, and goes on.
          boolean isBad =
              Set.of("INVALID_APP_ID", "INVALID_PERMISSIONS").contains(code)
                  || code.equals("INVALID_APP_CERTIFICATE") && !sameCredentials(each);
          assertEquals(isBad, token.isEmpty(), code);
          if (code.equals("ok")) {
            assertEquals(
                content(VectorsTest.call(each.get("function"), each.get("args"), each)),
                content(token));
          }
        });
  }

  /** Only the strict builders refuse a certificate that is the App ID. */
  private static boolean sameCredentials(com.fasterxml.jackson.databind.JsonNode each) {
    String id = each.get("args").get("app_id").asText();
    return id.equalsIgnoreCase(each.get("args").get("app_certificate").asText());
  }

  /**
   * Every public class, method, field and constant of the official library that is not about what
   * came before 2018.
   */
  @Test
  void nothingOfTheOfficialClassesIsMissing() throws Exception {
    for (String name : CLASSES.keySet()) {
      compare(Class.forName(name, false, OFFICIAL), Class.forName(name));
    }
    compare(Class.forName("io.agora.media.Utils", false, OFFICIAL), Utils.class);
    compare(Class.forName("io.agora.media.ByteBuf", false, OFFICIAL), ByteBuf.class);
  }

  private static void compare(Class<?> theirs, Class<?> ours) throws Exception {
    Set<String> missing = new TreeSet<>(members(theirs));
    missing.removeAll(members(ours));
    // A map in Maven's 2.1.3, a list in the repository since then.
    missing.remove("services java.util.Map");
    assertEquals(Set.of(), missing, theirs.getName());
    for (Class<?> inner : theirs.getClasses()) {
      compare(
          inner,
          Class.forName(inner.getName().replace("AccessToken2$Service$1", "AccessToken2$Service")));
    }
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    for (Method method : type.getMethods()) {
      // Enums and Object bring theirs along.
      if (method.getDeclaringClass() != Object.class && method.getDeclaringClass() != Enum.class) {
        members.add(method.getName() + names(method.getParameterTypes()) + returned(method));
      }
    }
    for (var field : type.getFields()) {
      members.add(field.getName() + " " + field.getType().getName());
    }
    for (var constructor : type.getConstructors()) {
      members.add("new" + names(constructor.getParameterTypes()));
    }
    return members;
  }

  private static String names(Class<?>[] types) {
    List<String> names = new ArrayList<>();
    Arrays.stream(types).forEach(type -> names.add(type.getName()));
    return names.toString();
  }

  private static String returned(Method method) {
    // ByteBuf.readMap gives a raw type there.
    return " " + method.getReturnType().getName();
  }

  /** A service of one's own. */
  public static class OwnService extends AccessToken2.Service {
    private String note = "";

    public OwnService() {
      super((short) 77);
    }

    @Override
    public ByteBuf pack(ByteBuf buf) {
      return super.pack(buf).put(note);
    }

    @Override
    public void unpack(ByteBuf buf) {
      super.unpack(buf);
      note = buf.readString();
    }
  }

  @Test
  void servicesOfOnesOwnWriteAndReadThemselves() throws Exception {
    AccessToken2 token = new AccessToken2(APP_ID, APP_CERTIFICATE, 600);
    OwnService own = new OwnService();
    own.note = "own";
    own.privileges.put((short) 1, 600);
    token.addService(own);
    AccessToken2.ServiceRtc rtc = new AccessToken2.ServiceRtc("room", "42");
    rtc.addPrivilegeRtc(AccessToken2.PrivilegeRtc.PRIVILEGE_JOIN_CHANNEL, 600);
    token.addService(rtc);
    String built = token.build();
    AccessToken2 reader =
        new AccessToken2() {
          @Override
          public Service getService(short type) {
            return type == 77 ? new OwnService() : super.getService(type);
          }
        };
    assertTrue(reader.parse(built) && reader.verifySignature(APP_CERTIFICATE));
    assertEquals("own", ((OwnService) reader.getServices((short) 77).get(0)).note);
    AccessToken2 stranger = new AccessToken2();
    assertTrue(stranger.parse(built) && stranger.verifySignature(APP_CERTIFICATE));
    assertEquals(1, stranger.services.size());
    // What the library signs, this way signs too.
    token.services.remove(own);
    String ours = token.build();
    var parts = new io.agora.token.AccessToken2(APP_ID, APP_CERTIFICATE, 600);
    parts.setIssueTs(token.issueTs).setSalt(Integer.toUnsignedLong(token.salt));
    parts.addService(new ServiceRtc("room", "42").addPrivilege(ServiceRtc.JOIN_CHANNEL, 600));
    assertArrayEquals(
        Utils.decompress(Utils.base64Decode(ours.substring(3))),
        Utils.decompress(Utils.base64Decode(parts.build().substring(3))));
    token.services.set(0, new AccessToken2.ServiceRtc("room", "42") {});
    token.services.get(0).privileges = new TreeMap<>(rtc.privileges);
    assertArrayEquals(
        Utils.decompress(Utils.base64Decode(ours.substring(3))),
        Utils.decompress(Utils.base64Decode(token.build().substring(3))));
  }

  /** The format counts in 16 bits, and texts are UTF-8: nothing is cut, and nothing replaced. */
  @Test
  void whatDoesNotFitTheFormatIsNotSigned() {
    AccessToken2.ServiceRtm2.Permissions many = new AccessToken2.ServiceRtm2.Permissions();
    many.add((short) 0, (short) 0, Collections.nCopies(65536, ""));
    for (AccessToken2.Service service :
        List.of(
            new AccessToken2.ServiceRtm2("alice", many),
            new AccessToken2.ServiceRtm("x".repeat(65536)),
            new AccessToken2.ServiceRtc("room", "\ud800"),
            new AccessToken2.Service() {
              @Override
              public ByteBuf pack(ByteBuf buf) {
                return buf;
              }
            })) {
      AccessToken2 token = new AccessToken2(APP_ID, APP_CERTIFICATE, 600);
      token.addService(service);
      assertThrows(RuntimeException.class, token::build);
    }
  }

  @Test
  void whatIsNoTokenIsNotRead() throws Exception {
    AccessToken2 token = new AccessToken2();
    for (String none : Arrays.asList(null, "", "006x", "007", "007eJ", "007" + "A".repeat(100))) {
      assertFalse(token.parse(none));
      assertFalse(token.verifySignature(APP_CERTIFICATE));
    }
    assertEquals("", new AccessToken2(APP_ID, APP_CERTIFICATE, 600).build());
    assertEquals(
        "", new RtcTokenBuilder2().buildTokenWithUid(null, APP_CERTIFICATE, "room", 1, null, 1, 1));
    assertEquals(
        "", new RtcTokenBuilder2().buildTokenWithUid(APP_ID, APP_CERTIFICATE, null, 1, null, 1, 1));
    assertEquals(
        "ok", outcome(() -> new io.agora.media.AccessToken("", "", "", "").fromString("006")));
  }
}
