package io.agora.token;

import java.util.Locale;

/** Strings in JSON. */
final class Json {
  private Json() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit == '"' || unit == '\\') {
        quoted.append('\\').append(unit);
      } else if (unit < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      } else {
        quoted.append(unit);
      }
    }
    return quoted.append('"').toString();
  }
}
