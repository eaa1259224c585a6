package io.agora.token;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A text that is no token, or a token that was refused. */
public final class TokenException extends AgoraTokenException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Refusal> refusals;

  TokenException(Refusal refusal) {
    this(List.of(refusal));
  }

  TokenException(List<Refusal> refusals) {
    super(refusals.get(0));
    this.refusals = new ArrayList<>(refusals);
  }

  /** All that is wrong; the exception itself tells of the first. */
  public List<Refusal> getRefusals() {
    return Collections.unmodifiableList(refusals);
  }
}
