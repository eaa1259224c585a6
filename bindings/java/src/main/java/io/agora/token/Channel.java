package io.agora.token;

import java.util.Objects;

/** Which channel a token lets into. */
public final class Channel {
  /** Every channel of the project. */
  public static final Channel ANY = new Channel(null);

  private final String name;

  private Channel(String name) {
    this.name = name;
  }

  /** {@link #ANY}: every channel of the project. */
  public static Channel any() {
    return ANY;
  }

  /**
   * One channel.
   *
   * @param name 1 to 63 bytes of the documented characters
   * @throws InputException {@link ErrorCode#INVALID_CHANNEL_NAME}: too long, another character, or
   *     a wildcard (blank or {@code *}), which would let its holder into every channel
   */
  public static Channel named(String name) {
    new Request().text(name).send(Operation.CHECK_CHANNEL);
    return new Channel(name);
  }

  /** As it is, for what an issuer checks. */
  static Channel unchecked(String name) {
    return name == null ? null : new Channel(name);
  }

  static void write(Channel channel, Request request) {
    if (channel == ANY) {
      request.list(0);
    } else {
      request.text(channel == null ? null : channel.name);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Channel && Objects.equals(name, ((Channel) other).name);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(name);
  }

  /** The name; {@code *} for any channel. */
  @Override
  public String toString() {
    return name == null ? "*" : name;
  }
}
