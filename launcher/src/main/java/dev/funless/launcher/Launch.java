package dev.funless.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One life of a platform, from the command line to the last process gone. Runs on one thread;
 * {@link StopSignal} ends it early.
 */
final class Launch {

  /** How it ended. */
  enum Ended {
    /** Everything that was asked for was done. */
    DONE,
    /** It was ready and was told to stop. */
    STOPPED,
    /** It was told to stop before it was ready. */
    CUT_SHORT,
    /** It could not be done, or not be stopped; the console says why. */
    FAILED
  }

  private static final String HELLO = "hello";

  private final Options options;
  private final Layout layout;
  private final Timing timing;
  private final Map<String, String> inherited;
  private final Console console;
  private final StopSignal stop;

  /** Whether the person has been told that all serve. */
  private boolean ready;

  /**
   * @param inherited environment of the nodes, before what the launcher adds
   */
  Launch(
      Options options,
      Layout layout,
      Timing timing,
      Map<String, String> inherited,
      Console console,
      StopSignal stop) {
    this.options = options;
    this.layout = layout;
    this.timing = timing;
    this.inherited = Map.copyOf(inherited);
    this.console = console;
    this.stop = stop;
  }

  Ended run() {
    try (DataFolder data = DataFolder.open(options.data())) {
      LeftoverProcesses leftovers = new LeftoverProcesses(data, timing, console);
      leftovers.endNodes();
      leftovers.endDatabase();
      Ports.requireFree(options.port(), options.cores());
      Platform platform = new Platform(nodes(data), data, leftovers, timing, console);
      return runAndStop(platform, data);
    } catch (InterruptedException e) {
      return Ended.CUT_SHORT;
    } catch (LaunchException e) {
      return failed(e.getMessage());
    } catch (IOException e) {
      return failed("The platform could not be run: " + e);
    }
  }

  private Ended runAndStop(Platform platform, DataFolder data) throws InterruptedException {
    Ended ended = Ended.FAILED;
    try (Http http = new Http()) {
      console.say(
          "Starting a database, %s and %s; logs are in %s"
              .formatted(
                  count(options.cores(), "core"),
                  count(options.workers(), "worker"),
                  data.log("db").getParent()));
      ended = startAndServe(platform, data, http);
    } catch (InterruptedException e) {
      ended = told();
    } catch (LaunchException e) {
      ended = failed(e.getMessage());
    } catch (IOException e) {
      ended = failed("The platform could not be run: " + e);
    } finally {
      stop.beginStopping();
      if (!platform.stop()) {
        ended = Ended.FAILED;
      }
    }
    return ended;
  }

  private Ended startAndServe(Platform platform, DataFolder data, Http http)
      throws IOException, LaunchException, InterruptedException {
    CoreClient core = new CoreClient(http, options.port(), platform.start(http));
    try {
      return serve(platform, data, core);
    } catch (LaunchException e) {
      // A node that dies says more than the core about what failed, a moment later.
      Deadline deadline = Deadline.in(timing.probe());
      while (!deadline.passed()) {
        platform.requireAllRunning();
        Thread.sleep(timing.poll());
      }
      throw e;
    }
  }

  private Ended serve(Platform platform, DataFolder data, CoreClient core)
      throws IOException, LaunchException, InterruptedException {
    deployHello(core);
    ready = true;
    List<String> invitation =
        new Invitation(options.port(), data.tokens(), Invitation.proxied(inherited)).lines();
    if (options.once()) {
      invitation.forEach(console::say);
      console.answer(core.invoke(HELLO, Invitation.ARGUMENTS, timing.call()));
      return Ended.DONE;
    }
    invitation.forEach(console::answer);
    platform.supervise();
    return Ended.STOPPED;
  }

  /** Reading a file fails on an interrupted thread: what was told to stop has not failed. */
  private Ended failed(String message) {
    if (stop.requested()) {
      return told();
    }
    console.say(message);
    return Ended.FAILED;
  }

  private Ended told() {
    return ready && !options.once() ? Ended.STOPPED : Ended.CUT_SHORT;
  }

  private void deployHello(CoreClient core)
      throws IOException, LaunchException, InterruptedException {
    if (!core.hasFunction(HELLO, timing.call())) {
      if (!Files.isReadable(layout.hello())) {
        throw new LaunchException("The example function " + layout.hello() + " is missing.");
      }
      core.create(HELLO, Files.readAllBytes(layout.hello()), timing.call());
    }
  }

  private List<ManagedProcess> nodes(DataFolder data) throws LaunchException {
    List<Integer> free =
        Ports.free(
            NodeContract.freePorts(options),
            options.port(),
            options.cores(),
            RandomGenerator.getDefault());
    return new NodeContract(layout, data, ProcessHandle.current().pid())
        .nodes(options, free).stream()
            .map(spec -> new ManagedProcess(spec, data, layout, inherited))
            .toList();
  }

  private static String count(int number, String what) {
    return number == 1 ? "a " + what : number + " " + what + "s";
  }
}
