package dev.funless.core.database;

import dev.funless.launcher.StandIn;

/** Stands in for the core's database process, under the name by which the launcher starts it. */
public final class DatabaseMain {

  private DatabaseMain() {}

  public static void main(String[] arguments) throws Exception {
    StandIn.main(arguments);
  }
}
