package io.agora.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a client's attempt to use a token. Everything may be left out, or be null; the
 * more is given, the more is found.
 */
public final class Attempt {
  private String appId;
  private String channel;
  private Long uid;
  private String account;
  private ServiceType service;
  private Role role;
  private Long at;
  private String sdk;
  private String error;
  private List<String> certificates = List.of();
  private boolean isRedacted;

  /** Nothing is known yet. */
  public Attempt() {}

  /** The App ID the client joined with. */
  public Attempt appId(String appId) {
    this.appId = appId;
    return this;
  }

  /** The channel it joined. */
  public Attempt channel(String channel) {
    this.channel = channel;
    return this;
  }

  /** The uid it joined with; 0 asks the service for one. */
  public Attempt uid(long uid) {
    this.uid = uid;
    this.account = null;
    return this;
  }

  /** The account it joined with, or its RTM or Chat user ID. */
  public Attempt account(String account) {
    this.account = account;
    this.uid = null;
    return this;
  }

  /** The service it used the token for. */
  public Attempt service(ServiceType service) {
    this.service = service;
    return this;
  }

  /** What it meant to do in the channel. */
  public Attempt role(Role role) {
    this.role = role;
    return this;
  }

  /** When; now if left out. */
  public Attempt at(Instant at) {
    this.at = at == null ? null : (Long) at.getEpochSecond();
    return this;
  }

  /** Its SDK and version, such as {@code web 4.20.0}, {@code android 3.7}. */
  public Attempt sdk(String sdk) {
    this.sdk = sdk;
    return this;
  }

  /** The error number or text it saw, such as {@code 110}. */
  public Attempt error(String error) {
    this.error = error;
    return this;
  }

  /** The error number it saw, such as 110. */
  public Attempt error(int error) {
    return error(Integer.toString(error));
  }

  /** The project's App Certificates as configured. They never show in a finding. */
  public Attempt certificates(List<String> certificates) {
    this.certificates = certificates == null ? List.of() : new ArrayList<>(certificates);
    return this;
  }

  /** The project's App Certificate as configured. It never shows in a finding. */
  public Attempt certificate(String certificate) {
    return certificates(certificate == null ? null : List.of(certificate));
  }

  /** Masks App ID, channel and user in what is found, to post it in public. */
  public Attempt redact() {
    isRedacted = true;
    return this;
  }

  Request write(Request request) {
    request.text(appId).text(channel).integer(uid).text(account);
    request.integer(service == null ? null : (Integer) service.getNumber());
    request.integer(role == null ? null : (Integer) role.getNumber());
    return request.integer(at).text(sdk).text(error).texts(certificates).flag(isRedacted);
  }
}
