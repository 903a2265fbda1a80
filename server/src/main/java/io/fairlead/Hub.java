package io.fairlead;

import io.fairlead.adaptor.AdaptorCatalog;
import io.fairlead.adaptor.Adaptors;
import io.fairlead.api.AdaptorPreview;
import io.fairlead.api.AdaptorResource;
import io.fairlead.api.Api;
import io.fairlead.api.ApiKeyResource;
import io.fairlead.api.AttemptResource;
import io.fairlead.api.AuditResource;
import io.fairlead.api.AuditTrail;
import io.fairlead.api.AuthorizationResource;
import io.fairlead.api.BindingResource;
import io.fairlead.api.BindingTestResource;
import io.fairlead.api.ClientAddress;
import io.fairlead.api.CommandResource;
import io.fairlead.api.ConnectorResource;
import io.fairlead.api.DeliveryResource;
import io.fairlead.api.Doorkeeper;
import io.fairlead.api.EgressResource;
import io.fairlead.api.EventResource;
import io.fairlead.api.EventTypeResource;
import io.fairlead.api.HubResource;
import io.fairlead.api.ImportResource;
import io.fairlead.api.MatchResource;
import io.fairlead.api.OneConnectorResource;
import io.fairlead.api.PreviewResource;
import io.fairlead.api.RevisionResource;
import io.fairlead.api.RunResource;
import io.fairlead.api.SameOrigin;
import io.fairlead.api.SearchResource;
import io.fairlead.api.SessionResource;
import io.fairlead.api.Site;
import io.fairlead.api.StatsResource;
import io.fairlead.api.TemplateResource;
import io.fairlead.api.TenantResource;
import io.fairlead.api.UserResource;
import io.fairlead.audit.AuditLog;
import io.fairlead.authorization.AuthorizationCatalog;
import io.fairlead.authorization.Authorizations;
import io.fairlead.base.Clock;
import io.fairlead.base.Ids;
import io.fairlead.base.Problem;
import io.fairlead.call.AllowList;
import io.fairlead.call.Caller;
import io.fairlead.call.Callers;
import io.fairlead.call.Gate;
import io.fairlead.call.RequestMaker;
import io.fairlead.command.Bindings;
import io.fairlead.command.CommandCatalog;
import io.fairlead.command.Commands;
import io.fairlead.command.Dependents;
import io.fairlead.command.Links;
import io.fairlead.command.RunLog;
import io.fairlead.command.RunMeters;
import io.fairlead.command.RunOrders;
import io.fairlead.command.RunRows;
import io.fairlead.command.RunTurns;
import io.fairlead.command.Runs;
import io.fairlead.connector.AuthorizationUsers;
import io.fairlead.connector.Catalog;
import io.fairlead.connector.Connectors;
import io.fairlead.connector.OneConnectors;
import io.fairlead.connector.Revisions;
import io.fairlead.delivery.Activation;
import io.fairlead.delivery.Backlog;
import io.fairlead.delivery.Backpressure;
import io.fairlead.delivery.Cancellations;
import io.fairlead.delivery.Claims;
import io.fairlead.delivery.CoolDownLog;
import io.fairlead.delivery.DeliveryLog;
import io.fairlead.delivery.DeliveryMeters;
import io.fairlead.delivery.DeliveryQueue;
import io.fairlead.delivery.DeliveryStore;
import io.fairlead.delivery.Dispatcher;
import io.fairlead.delivery.Dispatchers;
import io.fairlead.delivery.Explainer;
import io.fairlead.delivery.LaneLimits;
import io.fairlead.delivery.Lanes;
import io.fairlead.delivery.QueueItem;
import io.fairlead.delivery.QueueResult;
import io.fairlead.delivery.Retries;
import io.fairlead.delivery.RetryPolicy;
import io.fairlead.delivery.Statistics;
import io.fairlead.delivery.TestLog;
import io.fairlead.event.EventTypes;
import io.fairlead.event.Events;
import io.fairlead.http.HttpServer;
import io.fairlead.http.Loop;
import io.fairlead.http.Network;
import io.fairlead.ingest.Ingest;
import io.fairlead.json.JsonReader;
import io.fairlead.secrets.SecretBox;
import io.fairlead.storage.Database;
import io.fairlead.storage.Readers;
import io.fairlead.storage.StoreUnavailable;
import io.fairlead.storage.Writer;
import io.fairlead.template.Templates;
import io.fairlead.tenant.ApiKeys;
import io.fairlead.tenant.KeyRing;
import io.fairlead.tenant.Tenants;
import io.fairlead.user.Passwords;
import io.fairlead.user.Sessions;
import io.fairlead.user.SetupLinks;
import io.fairlead.user.SignIn;
import io.fairlead.user.SignInLimits;
import io.fairlead.user.Users;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running hub. The constructor is the only place that makes its long-lived objects, from the
/// ground up; {@link #close} takes them down again in an order that loses nothing.
public final class Hub implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hub.class);
  private static final int READERS = 4;
  private static final int NODE = 0;

  /// More than this waiting to be stored is refused early.
  private static final Writer.Limits QUEUE = new Writer.Limits(20_000, 64L << 20);

  private static final Problem STOPPING =
      Problem.unavailable("The hub is stopping. Send it again.", Duration.ofSeconds(2));

  /// How long calls under way may take to end by themselves when the hub stops.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration ANSWERING = Duration.ofSeconds(2);

  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Ground ground;
  private final Readers readers;
  private final Writer<QueueItem, QueueResult> writer;
  private final Database database;
  private final Network network;
  private final Dispatchers dispatchers;
  private final List<Runs> runs;
  private final IntSupplier running;
  private final RunLog runLog;
  private final Ingest ingest;
  private final ApiKeys apiKeys;
  private final Sessions sessions;
  private final SetupLinks setupLinks;
  private final @Nullable String publicUrl;
  private final EventTypes eventTypes;
  private final Housekeeping housekeeping;
  private final Api api;
  private final HttpServer server;
  private final AddressFile addressFile;
  private final CompletableFuture<Void> recovered;
  private volatile boolean stopping;

  /// Starts a hub; it is ready when {@link #notReady} is empty.
  ///
  /// @throws Config.Wrong when a setting is wrong
  /// @throws io.fairlead.storage.StoreRefused when the database must not be used
  /// @throws StoreUnavailable when the database can't be used now
  public Hub(Config config, Clock clock) {
    this(config, clock, Passwords.Cost.OWASP);
  }

  /// The same with another effort for passwords, for tests.
  Hub(Config config, Clock clock, Passwords.Cost passwordCost) {
    ground = Ground.open(config, clock, READERS);
    var meters = meters(gc);
    var json = new JsonReader();
    readers = new Readers(ground.store(), READERS);
    var ids = new Ids(clock, NODE, readers.read(LastId::find));
    var catalog = new Catalog();
    writer =
        new Writer<>(
            ground.store(), new DeliveryQueue(catalog, ids, clock, NODE), QUEUE, clock, meters);
    database = new Database(ground.store(), readers, writer);

    network = Network.open(new Network.Settings(config.loops(), clock, List.of(), null));
    var ownPort = new AtomicInteger(config.port());
    var gate = new Gate(egress(config.egressAllow()), ownPort::get, Gate.ownAddresses());
    var deliveryMeters = new DeliveryMeters(meters, config.loops());
    var deliveryStore = new DeliveryStore(writer, readers, new Claims(NODE), clock);
    var limits = LaneLimits.of(Runtime.getRuntime().maxMemory(), config.loops());
    var backpressure = new Backpressure(network.loops(), clock);
    var each = new ArrayList<Dispatcher>();
    var maker = new RequestMaker(version());
    var callers = new ArrayList<Caller>();
    for (Loop loop : network.loops()) {
      var retries = new RetryPolicy(new SplittableRandom());
      var lanes = new Lanes(limits, retries, ids::next, ids.next());
      var caller = new Caller(network.client(loop), network.names(loop), gate, clock, maker);
      callers.add(caller);
      each.add(
          new Dispatcher(
              loop, lanes, caller, catalog, deliveryStore, deliveryMeters, backpressure, clock));
    }
    dispatchers = new Dispatchers(each, catalog, deliveryMeters, clock);
    writer.start(dispatchers::report, () -> dispatchers.recheck(ids.next()));

    var tenants = new Tenants(database, ids, clock);
    tenants.load();
    var ring = new KeyRing(ground.operatorKey(), clock);
    apiKeys = new ApiKeys(database, tenants, ring, ids, clock);
    apiKeys.load();
    var users = new Users(database, ids, clock);
    users.load();
    sessions = new Sessions(database, users, ids, clock);
    sessions.load();
    setupLinks = new SetupLinks(database, users, ids, clock);
    var passwords = new Passwords(passwordCost, config.loops() > 1 ? 2 : 1);
    var signIn = new SignIn(users, sessions, passwords, new SignInLimits(clock));
    var addresses = new ClientAddress(config.trustedProxies());
    publicUrl = config.publicUrl();
    var auditLog = new AuditLog(database, ids);
    var trail = new AuditTrail(auditLog, addresses, json);
    var secrets = new SecretBox(ground.encryptionKey(), List.of());
    EncryptionCheck.hold(database, secrets);
    var authorizations = new Authorizations(secrets, ids, clock);
    var authorizationCatalog = new AuthorizationCatalog();
    database.read(authorizations::load).forEach(authorizationCatalog::put);
    var adaptors = new Adaptors(ids, clock);
    var adaptorCatalog = new AdaptorCatalog();
    database.read(adaptors::load).forEach(adaptorCatalog::put);
    var connectors = new Connectors(secrets, ids, clock, authorizationCatalog, adaptorCatalog);
    database.read(connectors::load).forEach(catalog::put);
    catalog.onChange(dispatchers::connectorChanged);
    var commands = new Commands(ids, clock);
    var commandCatalog = new CommandCatalog();
    database.read(commands::load).forEach(commandCatalog::put);
    var bindings =
        new Bindings(
            secrets, ids, clock, authorizationCatalog, adaptorCatalog, catalog, commandCatalog);
    database.read(bindings::load).forEach(commandCatalog::put);
    Thread.startVirtualThread(RunOrders::warmUp);
    var turns = new RunTurns();
    var runMeters = new RunMeters(meters, turns);
    var runRows = new RunRows();
    runLog = new RunLog(database, runRows, runMeters);
    runLog.start();
    runs =
        callers.stream()
            .map(caller -> new Runs(caller, turns, runLog, runMeters, ids, clock))
            .toList();
    running = turns::all;
    var backlog = new Backlog(database, deliveryMeters, ids, clock);
    deliveryMeters.waiting(backlog.countAll());
    recovered = dispatchers.start(catalog.all());

    eventTypes = new EventTypes(database, ids, clock);
    eventTypes.load();
    ingest = new Ingest(writer, catalog, eventTypes, backpressure, json, clock, meters);
    var coolDowns = new CoolDownLog(database, clock);
    housekeeping =
        new Housekeeping(
            config.data(), ground.store(), ingest, apiKeys, sessions, eventTypes, coolDowns, clock);
    housekeeping.start();
    var activation = new Activation(database, connectors, catalog, backlog, dispatchers);
    var retriesByHand = new Retries(database, catalog, dispatchers, deliveryMeters, clock, NODE);
    var cancellations = new Cancellations(database, backlog, dispatchers, deliveryMeters);
    var deliveryLog = new DeliveryLog(database, dispatchers::sending);
    var events = new Events(database);
    var revisions = new Revisions(database, json);
    var templates = new TemplateResource(Templates.load());
    var dependents =
        new Dependents(
            new AuthorizationUsers(authorizations, authorizationCatalog, catalog),
            commandCatalog,
            authorizationCatalog,
            adaptorCatalog);
    var anyCaller = new Callers(network.loops(), callers);
    var connectorResource =
        new ConnectorResource(
            database,
            connectors,
            catalog,
            authorizationCatalog,
            adaptorCatalog,
            activation,
            backlog,
            revisions,
            templates,
            dependents);
    var resources =
        new Api.Resources(
            connectorResource,
            new RevisionResource(catalog, revisions),
            templates,
            new PreviewResource(
                catalog,
                authorizationCatalog,
                adaptorCatalog,
                events,
                deliveryLog,
                new TestLog(database, ids),
                maker,
                anyCaller,
                clock),
            new AdaptorResource(
                database,
                adaptors,
                adaptorCatalog,
                catalog,
                dependents,
                new AdaptorPreview(adaptorCatalog, catalog, events, json, clock)),
            new CommandResource(database, commands, commandCatalog, dependents, tenants),
            new BindingResource(
                database, bindings, commandCatalog, catalog, authorizationCatalog, adaptorCatalog),
            new BindingTestResource(
                commandCatalog,
                catalog,
                authorizationCatalog,
                adaptorCatalog,
                maker,
                anyCaller,
                ids,
                clock),
            new ImportResource(catalog, authorizationCatalog, adaptorCatalog),
            new EventResource(ingest, events, deliveryLog, json),
            new EventTypeResource(eventTypes, json),
            new MatchResource(catalog, events, deliveryLog, new Explainer(coolDowns), json, clock),
            new DeliveryResource(deliveryLog, retriesByHand, cancellations),
            new AttemptResource(deliveryLog),
            new AuthorizationResource(
                database, authorizations, authorizationCatalog, dependents, anyCaller, ids, clock),
            new StatsResource(new Statistics(database), backlog, catalog, clock),
            new SearchResource(
                catalog,
                authorizationCatalog,
                adaptorCatalog,
                commandCatalog,
                events,
                deliveryLog,
                runRows,
                database,
                clock),
            new EgressResource(config.egressAddresses()),
            new ApiKeyResource(apiKeys, clock),
            new TenantResource(tenants),
            new RunResource(
                new RunOrders(commandCatalog, catalog),
                runs,
                new Links(secrets, clock),
                tenants,
                runRows,
                database,
                publicUrl),
            new UserResource(users, setupLinks, sessions, this::url),
            new AuditResource(auditLog, json),
            new OneConnectorResource(
                database, new OneConnectors(connectors, secrets), catalog, connectorResource),
            new SessionResource(
                users,
                setupLinks,
                sessions,
                signIn,
                passwords,
                tenants,
                addresses,
                trail,
                publicUrl != null && publicUrl.startsWith("https:")),
            new HubResource(this::notReady, meters));
    var door = new Doorkeeper(ring, tenants, sessions, new SameOrigin(publicUrl));
    api = new Api(resources, door, trail, Site.inJar(), json, config.metricsOpen());
    server = network.listen(config.host(), config.port(), api);
    ownPort.set(server.port());
    addressFile = new AddressFile(config.data());
    writeAddress(config.host());
    log.atInfo().addKeyValue("port", server.port()).log("listening");
  }

  private void writeAddress(String host) {
    try {
      addressFile.write(host, server.port());
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("the address file can't be written");
    }
  }

  private void removeAddress() {
    try {
      addressFile.remove();
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("the address file can't be removed");
    }
  }

  private static AllowList egress(String text) {
    return switch (AllowList.parse(text)) {
      case AllowList.Parsed.Ready(AllowList list) -> list;
      case AllowList.Parsed.Faulty(List<String> sentences) ->
          throw new Config.Wrong("FAIRLEAD_EGRESS_ALLOW: " + String.join(" ", sentences));
    };
  }

  /// As the jar says; `dev` when there is none.
  private static String version() {
    String version = Hub.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  private static PrometheusMeterRegistry meters(JvmGcMetrics gc) {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    gc.bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    return meters;
  }

  /// Changes the database on the writer's connection, as the hub itself does; for tests that take
  /// its room away and look at its settings.
  Database database() {
    return database;
  }

  /// What it answers; for tests that look at the table of routes.
  Api api() {
    return api;
  }

  /// The port it listens on.
  public int port() {
    return server.port();
  }

  /// The link that makes the first user, in place of any made before; empty when there is a user.
  /// It works once, for an hour.
  public Optional<String> firstLink() {
    return setupLinks
        .first()
        .map(made -> "%s/setup?token=%s".formatted(url(), made.token().text()));
  }

  /// Where people reach the hub, as far as it knows.
  private String url() {
    return publicUrl == null ? "http://localhost:" + server.port() : publicUrl;
  }

  /// The operator's API key.
  public String operatorKey() {
    return ground.operatorKey();
  }

  /// Why the hub should get no traffic now, in a sentence; empty when it should.
  public Optional<String> notReady() {
    if (stopping) {
      return Optional.of("The hub is stopping.");
    }
    if (!recovered.isDone()) {
      return Optional.of("The hub is reading what is due.");
    }
    return switch (writer.health()) {
      case Writer.Health.Writable writable -> Optional.empty();
      case Writer.Health.Failing failing -> Optional.of("The database can't be written.");
    };
  }

  /// Stops: takes no events, lets calls end for ten seconds, cuts the rest (each is recorded as an
  /// attempt and made again later), writes everything down.
  @Override
  public void close() {
    stopping = true;
    log.atInfo().log("stopping");
    removeAddress();
    housekeeping.close();
    ingest.close(STOPPING);
    dispatchers.drain();
    onEachLoop(Runs::drain);
    if (!waitUntilIdle(GRACE)) {
      dispatchers.cut("The hub was stopped during the call.");
      onEachLoop(all -> all.cut("The hub was stopped during the run."));
      var _ = waitUntilIdle(SETTLING);
    }
    server.close(ANSWERING);
    runLog.close();
    flushUses();
    writer.close();
    readers.close();
    network.close();
    ground.close();
    gc.close();
    log.atInfo().log("stopped");
  }

  private void onEachLoop(Consumer<Runs> work) {
    for (int i = 0; i < runs.size(); i++) {
      Runs own = runs.get(i);
      network.loops().get(i).execute(() -> work.accept(own));
    }
  }

  private boolean waitUntilIdle(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (dispatchers.underWay() > 0 || running.getAsInt() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void flushUses() {
    try {
      apiKeys.flushUses();
      sessions.flush();
      eventTypes.flushAll();
    } catch (StoreUnavailable e) {
      log.atWarn()
          .log(
              "the last uses of API keys and samples of events are not noted: the database is away");
    }
  }
}
