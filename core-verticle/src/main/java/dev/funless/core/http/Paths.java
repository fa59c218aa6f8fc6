package dev.funless.core.http;

import dev.funless.core.catalog.CatalogWriter;
import dev.funless.core.input.Texts;
import dev.funless.shared.failure.Failure;
import dev.funless.shared.failure.Failure.Category;
import dev.funless.shared.function.FunctionId;
import dev.funless.shared.function.Names;
import io.vertx.ext.web.RoutingContext;

/** Names in paths. One that breaks the rule for names names nothing: 404. */
final class Paths {

  private Paths() {}

  static String module(RoutingContext request) {
    String module = request.pathParam("module");
    if (!Names.isValid(module)) {
      throw CatalogWriter.noSuchModule(abridged(module)).exception();
    }
    return module;
  }

  static FunctionId function(RoutingContext request) {
    String module = module(request);
    String name = request.pathParam("function");
    if (!Names.isValid(name)) {
      throw new Failure(
              Category.NOT_FOUND,
              "no_such_function",
              "There is no function '" + abridged(name) + "'.")
          .exception();
    }
    return new FunctionId(module, name);
  }

  static String subject(RoutingContext request) {
    String name = request.pathParam("subject");
    if (!Names.isValid(name)) {
      throw CatalogWriter.noSuchSubject(abridged(name)).exception();
    }
    return name;
  }

  static String script(RoutingContext request) {
    String name = request.pathParam("name");
    if (!Names.isValid(name)) {
      throw CatalogWriter.noSuchScript(abridged(name)).exception();
    }
    return name;
  }

  private static String abridged(String name) {
    return Texts.abridged(name.replaceAll("\\p{Cntrl}", "?"));
  }
}
