package io.agora.media;

/** What writes itself. */
public interface Packable {
  ByteBuf marshal(ByteBuf out);
}
