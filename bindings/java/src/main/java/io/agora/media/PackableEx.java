package io.agora.media;

/** What writes and reads itself. */
public interface PackableEx extends Packable {
  void unmarshal(ByteBuf in);
}
