package io.agora.token;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One service of an AccessToken2: what it grants, and fields of its own. */
public abstract class Service {
  private final SortedMap<Integer, Long> privileges = new TreeMap<>();

  /** Which service. */
  public abstract ServiceType getType();

  /** The fields in the order of the wire: {@link Text}, {@link Integer} or {@link Permissions}. */
  abstract List<Object> fields();

  /** The channel, in the services that have one. */
  Text channel() {
    return null;
  }

  /** The user, in the services that have one. */
  Text user() {
    return null;
  }

  /**
   * Grants a privilege.
   *
   * @param privilege its number, as {@link ServiceRtc#JOIN_CHANNEL}
   * @param expire seconds from the issue time, 0 to 4294967295; 0 for as long as the token
   */
  public Service addPrivilege(int privilege, long expire) {
    privileges.put(privilege, expire);
    return this;
  }

  /** What is granted: seconds from the issue time, by the number of the privilege. */
  public SortedMap<Integer, Long> getPrivileges() {
    return Collections.unmodifiableSortedMap(privileges);
  }

  void write(Request request) {
    List<Object> fields = fields();
    request.list(2 + fields.size()).integer(getType().getNumber()).times(privileges);
    for (Object field : fields) {
      if (field instanceof Permissions) {
        request.permissions((Permissions) field);
      } else if (field instanceof Integer) {
        request.integer((Integer) field);
      } else {
        request.text((Text) field);
      }
    }
  }

  /** As {@link #write} writes one. */
  static Service read(Reply reply) {
    reply.list();
    ServiceType type = ServiceType.find((int) reply.integer());
    SortedMap<Integer, Long> privileges = reply.times();
    Service service = Services.read(type, reply);
    service.privileges.putAll(privileges);
    return service;
  }

  @Override
  public boolean equals(Object other) {
    if (other == null || getClass() != other.getClass()) {
      return false;
    }
    Service service = (Service) other;
    return privileges.equals(service.privileges) && fields().equals(service.fields());
  }

  @Override
  public int hashCode() {
    return Arrays.asList(getType(), privileges, fields()).hashCode();
  }

  @Override
  public String toString() {
    return getType() + " " + fields() + " " + privileges;
  }
}
