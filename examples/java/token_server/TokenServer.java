// The token server of Agora's guide: POST /fetch_rtc_token {"uid": 42, "ChannelName": "room",
// "role": 1} answers
// {"token": "007…", "code": "200"}, or what is wrong in place of the token, and the HTTP status as
// the code.
//
// It asks nobody who they are, so it listens on the loopback interface only: for more, see
// `agora-token serve`.
//
//     mvn dependency:copy -Dartifact=com.google.code.gson:gson:2.13.1 -DoutputDirectory=.
//     java -cp agora-token-0.1.0.jar:gson-2.13.1.jar TokenServer.java
//
// Set AGORA_APP_ID and AGORA_APP_CERTIFICATE; PORT is 8082 and AGORA_TOKEN_LIFETIME 3600 seconds
// unless set.

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agora.token.AgoraTokenException;
import io.agora.token.Fault;
import io.agora.token.Grant;
import io.agora.token.Issuer;
import io.agora.token.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

class TokenServer {
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int LARGEST_REST = 16 * 1024 * 1024;
  private static final Gson JSON =
      new GsonBuilder().setStrictness(Strictness.STRICT).disableHtmlEscaping().create();

  /** How the request calls what a grant has. */
  private static final Map<String, String> NAMES = Map.of("user", "uid", "channel", "ChannelName");

  private final Issuer issuer = Issuer.fromEnv();
  private final Duration lifetime;

  /** What a request is refused with. */
  private static class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    final int status;

    Refusal(int status, String reason) {
      super(reason);
      this.status = status;
    }
  }

  private TokenServer(Duration lifetime) {
    this.lifetime = lifetime;
    issuer.issue(grant("room", 1, Role.PUBLISHER)); // throws what is wrong now, not at a request
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> settings = System.getenv();
    int port = Integer.parseInt(settings.getOrDefault("PORT", "8082"));
    TokenServer tokens;
    try {
      String seconds = settings.getOrDefault("AGORA_TOKEN_LIFETIME", "3600");
      tokens = new TokenServer(Duration.ofSeconds(Long.parseLong(seconds)));
    } catch (NumberFormatException error) {
      throw new IllegalArgumentException("AGORA_TOKEN_LIFETIME must be a number of seconds", error);
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", tokens::handle);
    server.start();
    System.out.println("listening on " + server.getAddress());
  }

  private Grant grant(String channel, long uid, Role role) {
    return Grant.rtc(channel, uid, role).withLifetime(lifetime);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set("Access-Control-Allow-Methods", "POST, OPTIONS");
    headers.set("Access-Control-Allow-Headers", "content-type, authorization");
    headers.set("Cache-Control", "no-store");
    try {
      if (isHere(exchange) && exchange.getRequestMethod().equals("OPTIONS")) {
        exchange.sendResponseHeaders(204, -1);
        return;
      }
      answer(exchange, 200, token(exchange));
    } catch (Refusal refusal) {
      answer(exchange, refusal.status, refusal.getMessage());
    } catch (AgoraTokenException error) {
      boolean isCallers = error.getFault() == Fault.CALLER;
      String name = NAMES.getOrDefault(error.getField(), error.getField());
      answer(
          exchange,
          isCallers ? 400 : 500,
          isCallers ? name + " " + error.getReason() : "the server cannot mint tokens");
    }
  }

  private static boolean isHere(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath().equals("/fetch_rtc_token");
  }

  private String token(HttpExchange exchange) throws IOException, Refusal {
    if (!isHere(exchange)) {
      throw new Refusal(404, "only /fetch_rtc_token is here");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST, OPTIONS");
      throw new Refusal(405, "POST is expected");
    }
    InputStream in = exchange.getRequestBody();
    byte[] body = in.readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      // Or the connection is reset before the caller has the answer.
      for (int left = LARGEST_REST; left > 0 && body.length > 0; left -= body.length) {
        body = in.readNBytes(LARGEST_BODY);
      }
      exchange.getResponseHeaders().set("Connection", "close");
      throw new Refusal(413, "the body has more than " + LARGEST_BODY + " bytes");
    }
    JsonObject fields = fields(body);
    long uid = integer(fields, "uid");
    if (uid == 0) {
      throw new Refusal(403, "uid 0 would let in any user");
    }
    JsonElement channel = fields.get("channelname");
    if (channel == null || !channel.isJsonPrimitive() || !channel.getAsJsonPrimitive().isString()) {
      throw new Refusal(400, "ChannelName must be a string");
    }
    if (channel.getAsString().equals("*")) {
      throw new Refusal(403, "ChannelName \"*\" would let into any channel");
    }
    Role role = Role.fromNumber(integer(fields, "role"));
    return issuer.issue(grant(channel.getAsString(), uid, role)).getToken();
  }

  /** The fields of a JSON object by their names in lower case. */
  private static JsonObject fields(byte[] body) throws Refusal {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonObject fields = new JsonObject();
      JSON.fromJson(text, JsonObject.class)
          .asMap()
          .forEach((name, value) -> fields.add(name.toLowerCase(Locale.ROOT), value));
      return fields;
    } catch (CharacterCodingException | JsonParseException | NullPointerException error) {
      throw new Refusal(400, "the body must be a JSON object of uid, ChannelName and role");
    }
  }

  private static long integer(JsonObject fields, String name) throws Refusal {
    JsonElement value = fields.get(name);
    boolean isNumber =
        value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    // Here 1.0 is no integer.
    if (!isNumber || !value.getAsString().matches("-?\\d{1,18}")) {
      throw new Refusal(400, name + " must be an integer");
    }
    return value.getAsLong();
  }

  private static void answer(HttpExchange exchange, int status, String said) throws IOException {
    String code = Integer.toString(status);
    byte[] json = JSON.toJson(Map.of("token", said, "code", code)).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(json);
    }
  }
}
