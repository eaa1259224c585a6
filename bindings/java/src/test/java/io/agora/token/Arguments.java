package io.agora.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.agora.media.AccessToken2.ServiceRtm2;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The arguments of a builder's call by the names in the vectors. */
final class Arguments {
  private final JsonNode args;
  private final JsonNode beside;

  Arguments(JsonNode args, JsonNode beside) {
    this.args = args;
    this.beside = beside;
  }

  private JsonNode get(String name) {
    return args.has(name) ? args.get(name) : beside.get(name);
  }

  String text(String name) {
    return Samples.string(get(name));
  }

  long number(String name) {
    return get(name).asLong();
  }

  Permissions permissions() {
    return Samples.permissions(get("permissions"));
  }

  <E> E official(E[] values, ToIntFunction<E> numberOf, String name) {
    return Samples.official(values, numberOf, number(name));
  }

  ServiceRtm2.Permissions officialPermissions() {
    ServiceRtm2.Permissions permissions = new ServiceRtm2.Permissions();
    get("permissions")
        .fields()
        .forEachRemaining(
            byType ->
                byType
                    .getValue()
                    .fields()
                    .forEachRemaining(
                        pair -> {
                          List<String> resources = new ArrayList<>();
                          pair.getValue().forEach(each -> resources.add(Samples.string(each)));
                          permissions.add(
                              (short) Integer.parseInt(byType.getKey()),
                              (short) Integer.parseInt(pair.getKey()),
                              resources);
                        }));
    return permissions;
  }
}
