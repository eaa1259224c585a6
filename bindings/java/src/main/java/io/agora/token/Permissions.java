package io.agora.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an RTM2 user may read or write: resources by resource type and permission type. */
public final class Permissions {
  /** Resource type: message channels. */
  public static final int MESSAGE_CHANNELS = 0;

  /** Resource type: stream channels. */
  public static final int STREAM_CHANNELS = 1;

  /** Resource type: group channels. */
  public static final int GROUP_CHANNELS = 2;

  /** Resource type: server groups. */
  public static final int SERVER_GROUPS = 3;

  /** Resource type: users. */
  public static final int USERS = 4;

  /** Permission type: read. */
  public static final int READ = 0;

  /** Permission type: write. */
  public static final int WRITE = 1;

  private final SortedMap<Integer, SortedMap<Integer, List<Text>>> resources = new TreeMap<>();

  /** Sets the resources of one resource type and permission type, replacing earlier ones. */
  public Permissions set(int resourceType, int permissionType, String... names) {
    return set(
        resourceType,
        permissionType,
        Arrays.stream(names).map(Text::of).collect(Collectors.toList()));
  }

  /** The same with any bytes. */
  public Permissions set(int resourceType, int permissionType, List<Text> names) {
    declare(resourceType);
    resources.get(resourceType).put(permissionType, new ArrayList<>(names));
    return this;
  }

  /** Declares a resource type, which is legal without any permission. */
  public Permissions declare(int resourceType) {
    resources.computeIfAbsent(resourceType, type -> new TreeMap<>());
    return this;
  }

  /** The resources by resource type and permission type, ascending. */
  public SortedMap<Integer, SortedMap<Integer, List<Text>>> getResources() {
    return Collections.unmodifiableSortedMap(resources);
  }

  Permissions copy() {
    Permissions copy = new Permissions();
    resources.forEach(
        (resourceType, byPermission) -> {
          copy.declare(resourceType);
          byPermission.forEach(
              (permissionType, names) -> copy.set(resourceType, permissionType, names));
        });
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Permissions && resources.equals(((Permissions) other).resources);
  }

  @Override
  public int hashCode() {
    return resources.hashCode();
  }

  @Override
  public String toString() {
    return resources.toString();
  }
}
