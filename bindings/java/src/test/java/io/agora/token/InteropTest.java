package io.agora.token;

import static io.agora.token.Samples.APP_CERTIFICATE;
import static io.agora.token.Samples.APP_ID;
import static io.agora.token.Samples.CHECKOUT;
import static io.agora.token.Samples.CREDENTIALS;
import static io.agora.token.Samples.content;
import static io.agora.token.Samples.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ways with the official npm package, which the Node package has for its tests. */
class InteropTest {
  private static final String SCRIPT =
      String.join(
          "\n",
          "const { readFileSync } = require('node:fs')",
          "const npm = require('agora-token')",
          "const { AccessToken2 } = require('agora-token/src/AccessToken2')",
          "const [id, certificate] = [process.env.AGORA_APP_ID, process.env.AGORA_APP_CERTIFICATE]",
          "for (const line of readFileSync(0, 'utf8').trim().split('\\n')) {",
          "  const { channel, uid, account, role, expire, ours } = JSON.parse(line)",
          "  const theirs = [",
          "    npm.RtcTokenBuilder.buildTokenWithUid(id, certificate, channel, uid, role, expire,"
              + " expire),",
          "    npm.RtcTokenBuilder.buildTokenWithUserAccount(id, certificate, channel, account,"
              + " role, expire, expire),",
          "    npm.RtmTokenBuilder.buildToken(id, certificate, account, expire),",
          "    npm.ChatTokenBuilder.buildUserToken(id, certificate, account, expire),",
          "  ]",
          "  const holds = ours.map(token => {",
          "    const read = new AccessToken2('', '', 0, 0)",
          "    return read.from_string(token) && read.verifySignature(certificate)",
          "  })",
          "  console.log(JSON.stringify({ theirs, holds }))",
          "}");

  @TempDir Path folder;

  @Test
  void eachReadsWhatTheOtherMints() throws Exception {
    Random random = new Random(2);
    StringBuilder asked = new StringBuilder();
    List<List<String>> minted = new ArrayList<>();
    for (int round = 0; round < 500; round++) {
      String channel = "room " + random.nextInt();
      long uid = 1 + random.nextInt(Integer.MAX_VALUE) * 2L;
      String account = "é€" + random.nextInt();
      Role role = random.nextBoolean() ? Role.PUBLISHER : Role.SUBSCRIBER;
      int expire = 1 + random.nextInt(86_400);
      List<String> ours =
          List.of(
              RtcTokenBuilder.buildTokenWithUid(
                  APP_ID, APP_CERTIFICATE, channel, uid, role, expire, expire),
              RtcTokenBuilder.buildTokenWithUserAccount(
                  APP_ID, APP_CERTIFICATE, channel, account, role, expire, expire),
              RtmTokenBuilder.buildToken(APP_ID, APP_CERTIFICATE, account, expire),
              ChatTokenBuilder.buildUserToken(APP_ID, APP_CERTIFICATE, account, expire));
      minted.add(ours);
      asked.append("{\"channel\":").append(Json.quote(channel)).append(",\"uid\":").append(uid);
      asked
          .append(",\"account\":")
          .append(Json.quote(account))
          .append(",\"role\":")
          .append(role.getNumber());
      asked.append(",\"expire\":").append(expire).append(",\"ours\":[\"");
      asked.append(String.join("\",\"", ours)).append("\"]}\n");
    }
    List<String> answers = node(asked.toString());
    assertEquals(minted.size(), answers.size());
    try (Verifier verifier = new Verifier(CREDENTIALS)) {
      for (int round = 0; round < answers.size(); round++) {
        JsonNode answer = json(answers.get(round));
        for (int at = 0; at < minted.get(round).size(); at++) {
          assertTrue(answer.get("holds").get(at).asBoolean());
          String theirs = answer.get("theirs").get(at).asText();
          verifier.verify(theirs);
          assertEquals(content(theirs), content(minted.get(round).get(at)));
        }
      }
    }
  }

  private List<String> node(String asked) throws Exception {
    Path input = Files.writeString(folder.resolve("asked"), asked);
    File output = folder.resolve("answered").toFile();
    ProcessBuilder node = new ProcessBuilder("node", "-e", SCRIPT);
    node.environment().put("NODE_PATH", CHECKOUT.resolve("bindings/node/node_modules").toString());
    node.redirectInput(input.toFile())
        .redirectOutput(output)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    assertEquals(0, node.start().waitFor());
    return Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
  }
}
