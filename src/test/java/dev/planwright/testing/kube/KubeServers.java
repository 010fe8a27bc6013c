package dev.planwright.testing.kube;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The processes of one cluster, started in order, each only when the one before it answers.
 *
 * <p>A port is free when we look and may be taken a moment later by somebody else's server. An API
 * server that finds a stranger's etcd there would work on the stranger's data without a word, so
 * each answer is checked to be ours: etcd by its member name, the API server by its certificate.
 */
final class KubeServers implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final Duration READY_WITHIN = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  private final KubeBinaries binaries;
  private final KubeCredentials credentials;
  private final Path directory;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final int etcdPort = freePort();
  private final int apiPort = freePort();

  /** Somebody took a port between our look and the server's start. */
  private static final class PortTaken extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PortTaken(String message) {
      super(message);
    }
  }

  private KubeServers(KubeBinaries binaries, KubeCredentials credentials, Path directory) {
    this.binaries = binaries;
    this.credentials = credentials;
    this.directory = directory;
  }

  /**
   * Starts them and returns when the API server is ready.
   *
   * @param directory of the cluster's own; each attempt gets a folder in it
   * @throws IllegalStateException when a server does not come up; nothing is left running, and the
   *     message holds the end of that server's log
   */
  static KubeServers start(
      KubeBinaries binaries, KubeCredentials credentials, Path directory, boolean controllers)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path own = Files.createDirectory(directory.resolve("servers-" + attempt));
      KubeServers servers = new KubeServers(binaries, credentials, own);
      boolean started = false;
      try {
        servers.startEtcd();
        servers.startApiServer();
        if (controllers) {
          servers.startControllerManager();
        }
        started = true;
        return servers;
      } catch (PortTaken e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } finally {
        if (!started) {
          servers.close();
        }
      }
    }
  }

  String url() {
    return "https://127.0.0.1:" + apiPort;
  }

  /** The API server's self-signed certificate, which is its own authority. */
  Path authority() {
    return directory.resolve("certs").resolve("apiserver.crt");
  }

  AuditLog auditLog() {
    return new AuditLog(directory.resolve("audit.log"));
  }

  /** A client configuration with nothing taken from the machine's environment. */
  Config clientConfig(String token) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url())
        .withCaCertFile(authority().toString())
        .withOauthToken(token)
        .withNamespace("default")
        .build();
  }

  /** Every process of the cluster, as of now. */
  List<ProcessHandle> handles() {
    return processes.stream().flatMap(ServerProcess::handles).toList();
  }

  @Override
  public void close() {
    processes.forEach(ServerProcess::beginEnd);
    processes.reversed().forEach(ServerProcess::close);
  }

  private void startEtcd() {
    String member = "planwright-" + UUID.randomUUID();
    String url = "http://127.0.0.1:" + etcdPort;
    ServerProcess etcd =
        start(
            "etcd",
            binaries.etcd(),
            "--name=" + member,
            "--data-dir=" + directory.resolve("etcd"),
            "--unsafe-no-fsync",
            "--listen-client-urls=" + url,
            "--advertise-client-urls=" + url,
            // One member talks to nobody: any port will do, and what it announces is never dialled.
            "--listen-peer-urls=http://127.0.0.1:0",
            "--initial-advertise-peer-urls=http://127.0.0.1:1",
            "--initial-cluster=" + member + "=http://127.0.0.1:1",
            "--log-level=error");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest members =
          HttpRequest.newBuilder(URI.create(url + "/v3/cluster/member/list"))
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .timeout(Duration.ofSeconds(2))
              .build();
      awaitReady(
          etcd,
          () -> {
            try {
              return http.send(members, BodyHandlers.ofString()).body().contains(member);
            } catch (IOException e) {
              return false; // not listening yet; the time limit says so if it never does
            }
          });
    }
  }

  private void startApiServer() throws IOException {
    Path tokens = directory.resolve("tokens.csv");
    Path key = directory.resolve("sa.key");
    Path audit = Files.writeString(directory.resolve("audit-policy.yaml"), AuditLog.POLICY);
    credentials.writeTokenFile(tokens);
    KubeCredentials.writeServiceAccountKey(key);
    ServerProcess apiServer =
        start(
            "kube-apiserver",
            binaries.apiServer(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--secure-port=" + apiPort,
            "--cert-dir=" + directory.resolve("certs"),
            // Otherwise it asks for the machine's outer address, which a machine may not have.
            "--advertise-address=127.0.0.1",
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-signing-key-file=" + key,
            "--service-account-key-file=" + key,
            "--token-auth-file=" + tokens,
            "--authorization-mode=RBAC",
            "--audit-policy-file=" + audit,
            "--audit-log-path=" + auditLog().file(),
            // Megabytes: never turned over, since a test reads all of it.
            "--audit-log-maxsize=100000");
    awaitReady(apiServer, () -> Files.isRegularFile(authority()) && Files.size(authority()) > 0);
    Config patience = clientConfig(credentials.token(KubeCredentials.ADMIN));
    patience.setRequestRetryBackoffLimit(0); // we ask again ourselves
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(patience).build()) {
      awaitReady(
          apiServer,
          () -> {
            try {
              return "ok".equals(client.raw("/readyz"))
                  && client.namespaces().withName("default").get() != null;
            } catch (KubernetesClientException e) {
              return false; // not listening, or some part is not ready yet
            }
          });
    }
  }

  private void startControllerManager() throws IOException {
    Path program =
        binaries
            .controllerManager()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s has no kube-controller-manager: unset KUBEBUILDER_ASSETS to use our own build"
                            .formatted(binaries.directory())));
    Path kubeconfig =
        KubeCredentials.writeKubeconfig(
            directory.resolve("controllers.kubeconfig"),
            url(),
            authority(),
            credentials.token(KubeCredentials.ADMIN));
    // It serves nothing, so there is nothing to wait for: what it does shows in the API server.
    start(
        "kube-controller-manager",
        program,
        "--kubeconfig=" + kubeconfig,
        "--controllers=garbage-collector-controller,namespace-controller",
        "--leader-elect=false",
        "--secure-port=0");
  }

  private ServerProcess start(String name, Path program, String... arguments) {
    ServerProcess process = ServerProcess.start(name, directory, program, arguments);
    processes.add(process);
    return process;
  }

  /** A question that a server which is still starting may leave unanswered. */
  private interface Probe {
    boolean isReady() throws IOException, InterruptedException;
  }

  private static void awaitReady(ServerProcess server, Probe probe) {
    try {
      await(server.name())
          .atMost(READY_WITHIN)
          .pollDelay(Duration.ZERO)
          .pollInterval(POLL)
          .until(() -> !server.alive() || probe.isReady());
    } catch (ConditionTimeoutException e) {
      throw new IllegalStateException(
          "%s is not ready after %s; %s".formatted(server.name(), READY_WITHIN, server.logTail()),
          e);
    }
    if (server.portWasTaken()) {
      throw new PortTaken(
          "%s found its port taken in each of %d attempts; %s"
              .formatted(server.name(), ATTEMPTS, server.logTail()));
    }
    if (!server.alive()) {
      throw new IllegalStateException(
          "%s ended while starting; %s".formatted(server.name(), server.logTail()));
    }
  }

  /** A port that the system gave us a moment ago, and on which nothing answers now. */
  private static int freePort() {
    for (int attempt = 0; attempt < 20; attempt++) {
      InetSocketAddress address = givenAndReturned();
      if (!answers(address)) {
        return address.getPort();
      }
    }
    throw new IllegalStateException("every port that the system calls free has somebody on it");
  }

  private static InetSocketAddress givenAndReturned() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return new InetSocketAddress(loopback, socket.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException("the system gives no free port on " + loopback, e);
    }
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, 200);
      return true;
    } catch (IOException e) {
      return false; // refused: nobody is there, as hoped
    }
  }
}
