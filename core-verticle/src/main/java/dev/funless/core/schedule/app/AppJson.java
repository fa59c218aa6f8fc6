package dev.funless.core.schedule.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Scripts as JSON. */
public final class AppJson {

  private AppJson() {}

  public static ObjectNode toJson(AppScript script) {
    return JsonNodeFactory.instance.objectNode().put("tags", script.tags().size());
  }
}
