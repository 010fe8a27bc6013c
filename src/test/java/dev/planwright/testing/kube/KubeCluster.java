package dev.planwright.testing.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with an etcd of its own, on loopback, empty at the start.
 *
 * <p>Most tests share one per JVM, each in a namespace of its own: {@link #shared()} and {@link
 * #newNamespace}. A test that needs the whole cluster starts one with {@link #builder()} and closes
 * it. Either way nothing outlives the JVM, however that ends.
 *
 * <p>What a full cluster has and this one has not: a kubelet and a scheduler, the {@code default}
 * service account of a namespace (make the one you need), and the rules of the aggregated roles
 * {@code view}, {@code edit} and {@code admin} (bind a role of your own).
 */
public final class KubeCluster implements AutoCloseable {
  /**
   * The plain user of {@link #shared()}: the operator's name, with no right that no test grants.
   */
  public static final String OPERATOR = "operator";

  /** A second plain user of {@link #shared()}, for whatever the operator's rights don't matter. */
  public static final String PLAIN_USER = "plain-user";

  private static final FutureTask<KubeCluster> SHARED =
      new FutureTask<>(
          () ->
              builder()
                  .withControllerManagerIfThere()
                  .withUser(OPERATOR)
                  .withUser(PLAIN_USER)
                  .start());

  private static final Duration ESTABLISHED_WITHIN = Duration.ofSeconds(30);

  private final KubeBinaries binaries;
  private final KubeCredentials credentials;
  private final KubeServers servers;
  private final Path directory;
  private final Path kubeconfig;
  private final boolean hasControllerManager;
  private final Map<String, KubernetesClient> clients = new ConcurrentHashMap<>();
  private final AtomicInteger serial = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread atExit = new Thread(this::end, "end the test cluster");

  private KubeCluster(
      KubeBinaries binaries,
      KubeCredentials credentials,
      KubeServers servers,
      Path directory,
      boolean hasControllerManager)
      throws IOException {
    this.binaries = binaries;
    this.credentials = credentials;
    this.servers = servers;
    this.directory = directory;
    this.hasControllerManager = hasControllerManager;
    this.kubeconfig = writeKubeconfig("admin", token(KubeCredentials.ADMIN));
  }

  /**
   * The cluster that the tests of this JVM share, started by the first call. Has the controllers
   * (where their program is there) and the users {@link #OPERATOR} and {@link #PLAIN_USER}. It ends
   * with the JVM: never close it.
   *
   * @throws IllegalStateException when it cannot be started, the same for every caller
   */
  public static KubeCluster shared() {
    SHARED.run();
    try {
      return SHARED.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the shared test cluster does not start", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the test cluster started", e);
    }
  }

  /** A cluster of one's own. */
  public static Builder builder() {
    return new Builder();
  }

  /** What a cluster is to have. */
  public static final class Builder {
    private final List<String> users = new ArrayList<>();
    private boolean controllers;
    private boolean controllersRequired;

    private Builder() {}

    /**
     * With the controllers that empty deleted namespaces and collect garbage; {@link #start()}
     * fails where their program is not there.
     */
    public Builder withControllerManager() {
      controllers = true;
      controllersRequired = true;
      return this;
    }

    /** As {@link #withControllerManager()}, but without them where their program is not there. */
    public Builder withControllerManagerIfThere() {
      controllers = true;
      return this;
    }

    /** A user without any right, in no group: {@link KubeCluster#token} gives the way in. */
    public Builder withUser(String name) {
      users.add(name);
      return this;
    }

    /**
     * Starts it, and the build of its programs where that is needed; returns when it is ready.
     *
     * @throws IllegalStateException when it cannot be started: nothing is left behind, and the
     *     message says why
     */
    public KubeCluster start() {
      return start(KubeBinaries.find(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    KubeCluster start(KubeBinaries binaries, Path parent) {
      boolean withControllers =
          controllersRequired || (controllers && binaries.controllerManager().isPresent());
      KubeCredentials credentials = KubeCredentials.forUsers(users);
      try {
        Path directory = Files.createTempDirectory(parent, "planwright-kube-");
        boolean started = false;
        try {
          KubeServers servers =
              KubeServers.start(binaries, credentials, directory, withControllers);
          KubeCluster cluster =
              new KubeCluster(binaries, credentials, servers, directory, withControllers);
          Runtime.getRuntime().addShutdownHook(cluster.atExit);
          started = true;
          return cluster;
        } finally {
          if (!started) {
            deleteTree(directory);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The administrator's kubeconfig. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** A new kubeconfig for the bearer of this token, deleted with the cluster. */
  public Path kubeconfig(String token) {
    try {
      return writeKubeconfig("user-" + serial.incrementAndGet(), token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The bearer token of a user named at the start.
   *
   * @throws IllegalArgumentException when there is no such user
   */
  public String token(String user) {
    return credentials.token(user);
  }

  /**
   * A new token of a service account, good for an hour.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when there is no such account
   */
  public String serviceAccountToken(String namespace, String name) {
    return Objects.requireNonNull(
            client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(
                    new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus())
        .getToken();
  }

  /** All that a service account has asked the API server for, as its audit log has it. */
  public List<AuditEntry> audit(String user) {
    return servers.auditLog().of(user);
  }

  /** Where the API server listens: {@code https://127.0.0.1:PORT}. */
  public String url() {
    return servers.url();
  }

  /** The administrator's client. Shared: do not close it, the cluster does. */
  public KubernetesClient client() {
    return client(token(KubeCredentials.ADMIN));
  }

  /**
   * The client of the bearer of this token, which may also be a service account's. Shared: do not
   * close it, the cluster does. See {@link #newClient} for one of one's own.
   */
  public KubernetesClient client(String token) {
    return clients.computeIfAbsent(token, this::newClient);
  }

  /** A client of the caller's own, who closes it: for an operator that closes its client itself. */
  public KubernetesClient newClient(String token) {
    return new KubernetesClientBuilder().withConfig(servers.clientConfig(token)).build();
  }

  /** The administrator's {@code kubectl}. */
  public Kubectl kubectl() {
    return new Kubectl(binaries.kubectl(), directory, kubeconfig);
  }

  /** The {@code kubectl} of the bearer of this token. */
  public Kubectl kubectl(String token) {
    return new Kubectl(binaries.kubectl(), directory, kubeconfig(token));
  }

  /** Whether deleted namespaces empty and end by themselves. */
  public boolean hasControllerManager() {
    return hasControllerManager;
  }

  /**
   * Makes a namespace that no other test has.
   *
   * @param hint the beginning of its name, such as the test's subject; a DNS label
   * @return its whole name
   */
  public String newNamespace(String hint) {
    String name = hint + "-" + serial.incrementAndGet();
    client()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /** Deletes namespaces as the controllers would, also where there are none. */
  public KubeNamespaces namespaces() {
    return new KubeNamespaces(this);
  }

  /**
   * Applies every CustomResourceDefinition in this folder and waits until each is served. Doing it
   * again, also from another test class, changes nothing.
   *
   * @param folder holds {@code *.yaml} or {@code *.yml}; what is in folders below is not looked at
   * @throws AssertionError when the API server refuses one, with its reason
   * @throws IllegalArgumentException when there is none
   */
  public void applyCrds(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no YAML file in " + folder);
    }
    for (Path file : files) {
      try {
        applyCrds(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@link #applyCrds(Path)} for one file's text, which may hold several documents. */
  public void applyCrds(String yaml) {
    List<CustomResourceDefinition> crds =
        client()
            .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
            .items()
            .stream()
            .map(CustomResourceDefinition.class::cast)
            .toList();
    kubectl().mustRunWithInput(yaml, "apply", "--server-side", "--force-conflicts", "-f", "-");
    for (HasMetadata crd : crds) {
      String name = crd.getMetadata().getName();
      await("CRD " + name + " to be served").atMost(ESTABLISHED_WITHIN).until(() -> isServed(name));
    }
  }

  /** Every process of this cluster, as of now. */
  public List<ProcessHandle> processes() {
    return servers.handles();
  }

  /** The folder with the servers' data and logs, deleted by {@link #close()}. */
  public Path directory() {
    return directory;
  }

  /** Ends the processes of this cluster and deletes its folder. Doing it again does nothing. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs too, finds the cluster closed and does nothing.
    }
  }

  private void end() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      clients.values().forEach(KubernetesClient::close);
    } finally {
      servers.close();
      deleteTree(directory);
    }
  }

  /** Established is not enough: names must be accepted, and the new paths take a moment more. */
  private boolean isServed(String name) {
    CustomResourceDefinition crd =
        Objects.requireNonNull(
            client().resources(CustomResourceDefinition.class).withName(name).get());
    boolean established =
        Stream.ofNullable(crd.getStatus())
            .flatMap(status -> Stream.ofNullable(status.getConditions()))
            .flatMap(List::stream)
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
    return established
        && crd.getSpec().getVersions().stream()
            .filter(version -> version.getServed())
            .allMatch(
                version ->
                    client()
                            .raw(
                                "/apis/%s/%s/%s?limit=1"
                                    .formatted(
                                        crd.getSpec().getGroup(),
                                        version.getName(),
                                        crd.getSpec().getNames().getPlural()))
                        != null);
  }

  private Path writeKubeconfig(String name, String token) throws IOException {
    return KubeCredentials.writeKubeconfig(
        directory.resolve(name + ".kubeconfig"), servers.url(), servers.authority(), token);
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
