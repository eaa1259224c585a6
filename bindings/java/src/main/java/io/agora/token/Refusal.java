package io.agora.token;

import java.io.Serializable;

/** One thing that is wrong with a call or a token. */
public final class Refusal implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String field;
  private final String reason;
  private final ServiceType service;

  Refusal(ErrorCode code, String field, String reason, ServiceType service) {
    this.code = code;
    this.field = field;
    this.reason = reason;
    this.service = service;
  }

  /** What kind it is; the same in every language. */
  public ErrorCode getCode() {
    return code;
  }

  /** The argument or token field at fault, as {@code channelName}; empty when there is none. */
  public String getField() {
    return field;
  }

  /**
   * Why, in words for people. Of an argument it continues the field's name; of a token it is a
   * sentence.
   */
  public String getReason() {
    return reason;
  }

  /** The service of the token that it is about, or null. */
  public ServiceType getService() {
    return service;
  }

  /** Who can do something about it. */
  public Fault getFault() {
    return code.getFault();
  }

  /** The whole sentence: field and reason. */
  public String getMessage() {
    return code.isOfArgument() && !field.isEmpty() ? field + " " + reason : reason;
  }

  String toJson() {
    String json = "{\"code\":" + Json.quote(code.name()) + ",\"field\":" + Json.quote(field);
    json += ",\"reason\":" + Json.quote(reason);
    return json + (service == null ? "}" : ",\"service\":" + Json.quote(service.getName()) + "}");
  }

  @Override
  public String toString() {
    return code + ": " + getMessage();
  }
}
